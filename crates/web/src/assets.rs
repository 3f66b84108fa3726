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
static CHART: LazyLock<Asset> = LazyLock::new(|| {
    asset(
        "chart",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/chart.js"),
    )
});
static PASSKEY: LazyLock<Asset> = LazyLock::new(|| {
    asset(
        "passkey",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/passkey.js"),
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
/// Path of the script of charts.
pub fn chart() -> &'static str {
    &CHART.path
}
/// Path of the script of passkeys.
pub fn passkey() -> &'static str {
    &PASSKEY.path
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
    let found = [&*STYLE, &*SCRIPT, &*CHART, &*PASSKEY, &*MARK]
        .into_iter()
        .find(|a| a.path.strip_prefix("/assets/") == Some(name.as_str()));
    let asset = found.ok_or_else(Fail::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, asset.media),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour `#rrggbb` or `#rgb` (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let digits: Vec<u32> = colour
            .trim_start_matches('#')
            .chars()
            .map(|c| c.to_digit(16).unwrap())
            .collect();
        let channels: Vec<u32> = if digits.len() == 3 {
            digits.iter().map(|d| d * 17).collect()
        } else {
            digits.chunks(2).map(|p| p[0] * 16 + p[1]).collect()
        };
        let linear = |c: u32| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(channels[0]) + 0.7152 * linear(channels[1]) + 0.0722 * linear(channels[2])
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Text at 4.5:1 and edges of controls at 3:1, by day and by night (WCAG 2.2 AA, 1.4.3 and 1.4.11).
    #[test]
    fn contrasts_suffice_in_both_themes() {
        let themes: Vec<&str> = STYLE
            .bytes
            .split(":root {")
            .skip(1)
            .take(2)
            .map(|t| t.split('}').next().unwrap())
            .collect();
        for theme in themes {
            let colour = |name: &str| {
                let rest = theme
                    .split(&format!("--{name}: "))
                    .nth(1)
                    .unwrap_or_else(|| panic!("no {name}"));
                rest.split(';').next().unwrap()
            };
            for (fore, back, least) in [
                ("ink", "paper", 7.0),
                ("ink", "surface", 7.0),
                ("muted", "paper", 4.5),
                ("muted", "surface", 4.5),
                ("accent", "paper", 4.5),
                ("accent", "surface", 4.5),
                ("accent", "accent-soft", 4.5),
                ("accent-ink", "accent", 4.5),
                ("alarm", "surface", 4.5),
                ("alarm", "alarm-soft", 4.5),
                ("ink", "alarm-soft", 7.0),
                ("good", "paper", 4.5),
                ("good", "surface", 4.5),
                ("ink", "mark", 4.5),
                ("line-strong", "surface", 3.0),
                ("line-strong", "paper", 3.0),
            ] {
                let found = contrast(colour(fore), colour(back));
                assert!(found >= least, "{fore} on {back}: {found:.2}");
            }
        }
    }
}
