//! Browser tests: the real demonstration, in a real browser, on the paths that people walk.
//!
//! One demonstration and one driver serve all tests; the tests take turns, since some of them cut the link or jump the clock. A
//! failed test leaves a picture in `target/pictures/`. `make test` installs Chromium; without it these tests say so and fail.
//!
//! | to find | look in |
//! |---|---|
//! | ask, answer, feedback in three languages; without script | `main_path` |
//! | cut, jump, tamper | `tour` |
//! | a bundle by hand while the link is cut | `courier` |
//! | a key is declared compromised, on the pages of both nodes | `compromise` |
//! | a register begins again, by the coordinators of both nodes | `restart` |
//! | conditions of an originator, from French to Arabic | `conditions` |
//! | a search with its reason, the inspector’s desk | `oversight` |
//! | another state is brought in and shown what was written before | `release` |
//! | two signatures, with the preview and the magistrate | `signature` |
//! | every address as nobody, as another service | `doors`, `cases` |
//! | WCAG by axe-core | `accessibility` |
//! | a person exercises a right and is answered; a correction for everyone | `persons` |
//! | passkeys, by a virtual authenticator | `passkeys` |
//! | an entry used for another purpose; access asked for by number | `walls` |
//! | a joint investigation by two officers, in Arabic and in French | `inquiry` |
//! | an investigation from its first line to its last | `whole` |
//! | a large file goes up | `sending` |
//! | an investigation before the courts | `court` |
//! | a lesson from an observation to what both learned | `lessons` |
//! | a commitment from study to an agreement that both say was kept | `programme` |
//! | a real OpenID provider, on its own pages | `provider` |
//! | notices by mail, over a real mail server | `mail` |
//! | acts of weight signed by passkeys, at two nodes | `weight` |
//! | Back after sending; menus | `slips` |
//! | narrow and wide windows; the keyboard; an album of every page | `eye` |
//! | the pictures of the documents | `pictures` |

mod accessibility;
mod alone;
mod balance;
mod cases;
mod chart;
mod commitments;
mod compromise;
mod conditions;
mod courier;
mod court;
mod demo;
mod document;
mod doors;
mod duties;
mod exhibits;
mod eye;
mod feed;
#[path = "../glewlwyd/mod.rs"]
mod glewlwyd;
mod http;
mod inquiry;
mod lessons;
mod mail;
mod main_path;
mod meetings;
mod oversight;
mod owned;
mod pages;
mod passkeys;
mod persons;
mod pictures;
mod plan;
mod programme;
mod provider;
mod release;
mod restart;
mod sending;
mod signature;
mod slips;
#[path = "../smtp/mod.rs"]
mod smtp;
#[path = "../states/mod.rs"]
mod states;
mod terms;
mod tour;
mod walls;
mod weight;
mod whole;
mod window;
