//! Limits of a package, applied before or while it is decoded (invariant 12): whatever a file says, reading it takes bounded memory and time.

/// Most bytes of a package's JSON. Files of evidence themselves are beside it and are never read into it.
pub const MAX_BYTES: usize = 64 << 20;
/// Deepest nesting of objects and arrays; published packages need about ten.
pub const MAX_DEPTH: usize = 64;
/// Most JSON values: each object, array, text, number and word.
pub const MAX_VALUES: usize = 4_000_000;
/// Most digits and signs of one number.
pub const MAX_NUMBER: usize = 1_000;
/// Most terms of a context.
pub const MAX_TERMS: usize = 2_000;
/// Most bytes of an identifier in full.
pub const MAX_IRI: usize = 4_096;
/// Most bytes of all different identifiers in full: a long prefix used a million times does not fill the memory.
pub const MAX_IRIS: usize = 128 << 20;
/// Most statements looked at to tell nodes without a name apart (`canon`): what would take more is refused as too alike.
pub const MAX_COMPARED: usize = 2_000_000;
/// Most steps in all chains of custody together: a step names one action and one item.
pub const MAX_STEPS: usize = 1_000_000;
/// Most links proposed.
pub const MAX_LINKS: usize = 1_000_000;
/// Most texts, or hashes, that a view shows of one facet or node: thousands of nodes can share one. The graph keeps all.
pub const MAX_EACH: usize = 64;
/// Most letters of a label that is proposed.
pub const MAX_LABEL: usize = 200;
