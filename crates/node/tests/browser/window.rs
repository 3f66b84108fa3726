//! A browser window: headless Chromium by its driver, with waiting built in, since pages change by themselves.

use std::future::Future;
use std::path::Path;
use std::process::Child;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::common::print::{PrintPage, PrintParameters};
use thirtyfour::error::WebDriverResult;
use thirtyfour::prelude::*;

use super::{demo, http, owned};

/// Longest wait for anything on a page.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(40);
/// Chromium without sandbox, graphics card, or anything that talks to its maker.
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--force-prefers-reduced-motion",
];

/// Chromium opens no narrower window: what is narrower is emulated.
const NARROWEST: u32 = 500;

/// How a window is opened.
#[derive(Clone, Copy)]
pub struct Manner {
    /// Whether pages may run script.
    pub script: bool,
    /// Width and height in CSS pixels.
    pub size: (u32, u32),
    /// Device pixels per CSS pixel.
    pub scale: f32,
    /// Whether it takes certificates of any authority: those of a test's own.
    pub any_certificate: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            script: true,
            size: (1280, 1000),
            scale: 1.0,
            any_certificate: false,
        }
    }
}

/// A window with a profile of its own.
#[derive(Clone)]
pub struct Window {
    /// The driver's session.
    pub driver: WebDriver,
}

fn driver_address() -> &'static str {
    static DRIVER: OnceLock<(String, Child)> = OnceLock::new();
    let start = || {
        let port = owned::free_port();
        let child = owned::start(
            "chromedriver",
            &[&format!("--port={port}"), "--log-level=SEVERE"],
        );
        let address = format!("http://127.0.0.1:{port}");
        let begun = Instant::now();
        while http::get(&format!("{address}/status"), None)
            .is_none_or(|answer| answer.status != 200)
        {
            assert!(
                begun.elapsed() < PATIENCE,
                "chromedriver does not answer: are Debian's packages chromium and chromium-driver installed?"
            );
            std::thread::sleep(LOOK);
        }
        (address, child)
    };
    &DRIVER.get_or_init(start).0
}

/// Runs a test in a window of its own; after a failure a picture of the window is in `target/pictures/`.
pub fn in_browser<F, T>(name: &'static str, manner: Manner, test: F)
where
    F: FnOnce(Window) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    // Two TLS clients are linked into this process; whichever came first may be the default.
    let _installed_before = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let _turn = demo::turn();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let window = Window::open(manner).await;
        let outcome = tokio::spawn(test(window.clone())).await;
        if outcome.is_err() {
            let picture = demo::in_target("pictures").join(format!("failed-{name}.png"));
            let address = window
                .driver
                .current_url()
                .await
                .map(|url| url.to_string())
                .unwrap_or_default();
            let kept = window.driver.screenshot(&picture).await.is_ok();
            println!(
                "{name} failed at {address}; picture kept: {kept}, {}",
                picture.display()
            );
        }
        let _gone_already = window.driver.quit().await;
        if let Err(error) = outcome {
            std::panic::resume_unwind(error.into_panic());
        }
    });
}

impl Window {
    async fn open(manner: Manner) -> Self {
        let mut wanted = DesiredCapabilities::chrome();
        let mut flag = |text: &str| wanted.add_arg(text).expect("a flag");
        FLAGS.iter().for_each(|text| flag(text));
        flag(&format!(
            "--window-size={},{}",
            manner.size.0, manner.size.1
        ));
        flag(&format!("--force-device-scale-factor={}", manner.scale));
        flag("--lang=fr");
        if !manner.script {
            flag("--blink-settings=scriptEnabled=false");
        }
        if manner.any_certificate {
            flag("--ignore-certificate-errors");
        }
        if manner.size.0 < NARROWEST {
            let (width, height) = manner.size;
            let device = json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": manner.scale, "touch": false}});
            wanted
                .add_experimental_option("mobileEmulation", device)
                .expect("a narrow window");
        }
        let driver = WebDriver::new(driver_address(), wanted)
            .await
            .expect("a browser window");
        Self { driver }
    }

    /// Goes to an address and waits for the page.
    pub async fn goto(&self, address: &str) {
        self.driver
            .goto(address)
            .await
            .unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// The address now shown, without its fragment.
    pub async fn address(&self) -> String {
        let url = self
            .driver
            .current_url()
            .await
            .expect("an address")
            .to_string();
        url.split('#').next().unwrap_or_default().to_owned()
    }

    /// Tries until it succeeds: elements go stale when a page renews itself.
    pub async fn until<T, F>(&self, what: &str, mut attempt: impl FnMut() -> F) -> T
    where
        F: Future<Output = WebDriverResult<Option<T>>>,
    {
        let begun = Instant::now();
        loop {
            let outcome = attempt().await;
            if let Ok(Some(found)) = outcome {
                return found;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "waited in vain for {what} at {} ({:?})",
                self.address().await,
                outcome.err()
            );
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Until a part of a page says something, which its other side wrote.
    pub async fn reads(&self, page: &str, css: &str, text: &str) {
        let told = || async {
            self.goto(page).await;
            Ok(self.text(css).await.contains(text).then_some(()))
        };
        self.until(&format!("{text:?} at {page}"), told).await;
    }

    /// The first element of a selector that can be seen.
    pub async fn one(&self, css: &str) -> WebElement {
        self.until(css, || async {
            for element in self.driver.find_all(By::Css(css)).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// How many elements of a selector there are now, seen or not.
    pub async fn count(&self, css: &str) -> usize {
        self.driver
            .find_all(By::Css(css))
            .await
            .map(|all| all.len())
            .unwrap_or_default()
    }

    /// The text of the first element that can be seen.
    pub async fn text(&self, css: &str) -> String {
        self.until(css, || async {
            Ok(Some(self.one(css).await.text().await?))
        })
        .await
    }

    /// An attribute of the first element, seen or not.
    pub async fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.until(css, || async {
            Ok(Some(
                self.driver
                    .find(By::Css(css))
                    .await?
                    .attr(name.to_owned())
                    .await?,
            ))
        })
        .await
    }

    /// Clicks what changes this page only.
    pub async fn click(&self, css: &str) {
        self.until(css, || async {
            self.one(css).await.click().await.map(Some)
        })
        .await
    }

    /// Clicks and waits for the page that follows.
    pub async fn follow(&self, css: &str) {
        let before = self.driver.find(By::Css("html")).await.expect("a page");
        self.click(css).await;
        self.until("the next page", || async {
            Ok(before.tag_name().await.is_err().then_some(()))
        })
        .await;
        self.one("main").await;
    }

    /// Types into a field.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.one(css).await;
        field.clear().await.expect("a field that can be emptied");
        field
            .send_keys(text)
            .await
            .expect("a field that can be typed into");
    }

    /// Chooses an option by its value.
    pub async fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value='{value}']")).await;
    }

    /// Names a file for upload.
    pub async fn attach(&self, css: &str, file: &Path) {
        self.one(css)
            .await
            .send_keys(file.to_str().expect("a path in UTF-8"))
            .await
            .expect("a file field");
    }

    /// Reloads a page until an element of the selector is there.
    pub async fn reload_until(&self, address: &str, css: &str) {
        let begun = Instant::now();
        loop {
            self.goto(address).await;
            if self.count(css).await > 0 {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "waited in vain for {css} at {address}"
            );
            tokio::time::sleep(LOOK * 5).await;
        }
    }

    /// Runs a script and gives back its value.
    pub async fn script<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let value = self
            .driver
            .execute(script, arguments)
            .await
            .unwrap_or_else(|error| panic!("script: {error}"));
        value.convert().expect("a value of the expected shape")
    }

    /// Runs a script that ends by calling its last argument.
    pub async fn script_later<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> T {
        let value = self
            .driver
            .execute_async(script, arguments)
            .await
            .unwrap_or_else(|error| panic!("script: {error}"));
        value.convert().expect("a value of the expected shape")
    }

    /// What this page's node answers to the signed-in person, as JSON.
    pub async fn json(&self, path: &str) -> Value {
        let script = "const done = arguments[1]; fetch(arguments[0]).then(r => r.json()).then(done, e => done({failed: String(e)}));";
        self.script_later(script, vec![path.into()]).await
    }

    /// What this page's node answers, as text.
    pub async fn fetched_text(&self, path: &str) -> String {
        let script = "const done = arguments[1]; fetch(arguments[0]).then(r => r.text()).then(done, e => done(String(e)));";
        self.script_later(script, vec![path.into()]).await
    }

    /// A command of Chromium's DevTools, by its driver; what it gives.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let session = self.driver.handle().session_id().to_string();
        let address = format!("{}/session/{session}/goog/cdp/execute", driver_address());
        let body = json!({"cmd": command, "params": parameters}).to_string();
        let answer = http::request("POST", &address, None, Some(&body)).expect("an answer");
        assert_eq!(answer.status, 200, "{command}: {}", answer.body);
        let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
        answer["value"].clone()
    }

    /// A picture of the window.
    pub async fn picture(&self, path: &Path) {
        self.driver
            .screenshot(path)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// From now on pages are laid out as for this medium: `print` or `screen`.
    pub async fn media(&self, medium: &str) {
        let media = json!({"media": medium});
        let tools = self.driver.cdp();
        let told = tools.send_raw("Emulation.setEmulatedMedia", media);
        told.await.expect("a medium");
    }

    /// The page as it comes out of a printer, on A4.
    pub async fn print(&self, path: &Path) {
        let parameters = PrintParameters {
            page: PrintPage {
                width: 21.0,
                height: 29.7,
            },
            ..PrintParameters::default()
        };
        let printed = self.driver.print_page(parameters).await;
        let printed = printed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        std::fs::write(path, printed).expect("a file");
    }
}
