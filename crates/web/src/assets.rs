//! Style sheet, script and mark, under names that hold a digest of their bytes, so that browsers keep them for ever.

use crate::fail::{Fail, Reply};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::LazyLock;

struct Asset {
    path: String,
    media: &'static str,
    bytes: &'static str,
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    asset(
        "style",
        "css",
        "text/css; charset=utf-8",
        include_str!("../assets/style.css"),
    )
});
static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    asset(
        "entente",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/entente.js"),
    )
});
static MARK: LazyLock<Asset> = LazyLock::new(|| {
    asset(
        "mark",
        "svg",
        "image/svg+xml",
        include_str!("../assets/mark.svg"),
    )
});

fn asset(stem: &str, ext: &str, media: &'static str, bytes: &'static str) -> Asset {
    Asset {
        path: format!("/assets/{stem}-{:016x}.{ext}", fnv(bytes)),
        media,
        bytes,
    }
}

/// FNV-1a, 64 bits: names a version, protects nothing.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Path of the style sheet.
pub fn style() -> &'static str {
    &STYLE.path
}
/// Path of the script.
pub fn script() -> &'static str {
    &SCRIPT.path
}
/// Path of the mark.
pub fn mark() -> &'static str {
    &MARK.path
}

/// One asset by its name with digest; an outdated name is not found.
pub async fn serve(Path(name): Path<String>) -> Reply {
    let found = [&*STYLE, &*SCRIPT, &*MARK]
        .into_iter()
        .find(|a| a.path.strip_prefix("/assets/") == Some(name.as_str()));
    let asset = found.ok_or_else(Fail::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, asset.media),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes).into_response())
}
