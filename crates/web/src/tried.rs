//! What a reader tried, for the record of its refusal: the address as the tables name it, and an identifier where one stands in it.
//! Nothing else of what was typed is kept.

use entente_app::{AppError, Tried};
use entente_core::access::Refusal;
use entente_core::ids::{EntryId, ObligationId};
use std::sync::LazyLock;

/// Every address of pages and API, those with fewer names to fill first.
static ADDRESSES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let pages = crate::addresses().into_iter().map(|address| address.path);
    let mut all: Vec<&str> = pages.chain(crate::api::addresses()).collect();
    all.sort_by_key(|path| path.matches('{').count());
    all
});

/// What the path of a request names.
pub fn at(path: &str) -> Tried {
    let path = path.split('?').next().unwrap_or_default();
    let known = ADDRESSES.iter().find(|address| fits(address, path));
    Tried {
        address: known.map_or("/", |address| *address).to_owned(),
        object: path.split('/').find_map(identifier),
    }
}

/// Why it is on record that it was refused; nothing for what is no refusal, such as a field to mend or an address that nobody has.
pub fn why(error: &AppError, tried: &Tried) -> Option<Refusal> {
    match error {
        AppError::Forbidden => Some(Refusal::Forbidden),
        AppError::Condition(_) => Some(Refusal::Condition),
        AppError::NotFound => tried.object.is_some().then_some(Refusal::NotFound),
        _ => None,
    }
}

fn fits(address: &str, path: &str) -> bool {
    let same = |(named, given): (&str, &str)| named.starts_with('{') || named == given;
    address.split('/').count() == path.split('/').count()
        && address.split('/').zip(path.split('/')).all(same)
}

/// An identifier of a dossier, entry, obligation or draft, in its own form.
fn identifier(segment: &str) -> Option<String> {
    let text = segment.replace("%23", "#");
    let entry = text.parse::<EntryId>().ok().map(|id| id.to_string());
    let obligation = || text.parse::<ObligationId>().ok().map(|id| id.to_string());
    let draft = || {
        let hex = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        hex.then(|| text.to_ascii_lowercase())
    };
    entry.or_else(obligation).or_else(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_is_named_by_its_address_and_nothing_typed() {
        let entry = "5f".repeat(32);
        for (path, address, object) in [
            (
                format!("/entries/{entry}?x=y"),
                "/entries/{id}",
                Some(entry.clone()),
            ),
            (
                format!("/api/v1/obligations/{entry}%231"),
                "/api/v1/obligations/{id}",
                Some(format!("{entry}#1")),
            ),
            ("/dossiers/Zanzibarite".to_owned(), "/dossiers/{id}", None),
            ("/oversight/check".to_owned(), "/oversight/check", None),
            ("/Zanzibarite/x".to_owned(), "/", None),
        ] {
            let tried = at(&path);
            assert_eq!((tried.address.as_str(), tried.object), (address, object));
        }
        let mut tried = at("/dossiers/x");
        assert_eq!(why(&AppError::NotFound, &tried), None);
        assert_eq!(why(&AppError::Forbidden, &tried), Some(Refusal::Forbidden));
        tried.object = Some(entry);
        assert_eq!(why(&AppError::NotFound, &tried), Some(Refusal::NotFound));
        assert_eq!(why(&AppError::Stale, &tried), None);
    }
}
