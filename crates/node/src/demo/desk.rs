//! A charter agreed by two nodes that run, and the standing desk that comes with it: where a test or a benchmark begins.

use super::world::Nodes;
use super::{Api, DemoError, Writing};
use serde_json::json;
use std::future::Future;

/// Two linked nodes that run.
pub trait Pair {
    /// `ma`'s interface.
    fn ma(&mut self) -> &mut Api;
    /// `fr`'s interface.
    fn fr(&mut self) -> &mut Api;
    /// Waits until each side holds all of the other's register.
    ///
    /// # Errors
    /// [`DemoError`].
    fn settle(&mut self) -> impl Future<Output = Result<(), DemoError>>;
}

impl Pair for Nodes {
    fn ma(&mut self) -> &mut Api {
        &mut self.ma
    }
    fn fr(&mut self) -> &mut Api {
        &mut self.fr
    }
    fn settle(&mut self) -> impl Future<Output = Result<(), DemoError>> {
        self.settled()
    }
}

/// `fr` proposes, `ma` signs, `fr` enacts; the desk as `ma` sees it.
///
/// # Errors
/// [`DemoError`].
pub async fn desk(pair: &mut impl Pair) -> Result<String, DemoError> {
    let writing = |dossier| Writing {
        dossier,
        lang: "fr",
        values: json!({"title": "Charte"}),
        ..Writing::default()
    };
    let open = Writing {
        partner: Some("ma"),
        ..writing(None)
    };
    let opened = pair.fr().record("liaison", "charter.open", open).await?;
    let charter = Some(opened.dossier.as_str());
    pair.settle().await?;
    let sign = writing(charter);
    pair.ma().record("liaison", "charter.sign", sign).await?;
    pair.settle().await?;
    let enact = writing(charter);
    pair.fr().record("liaison", "charter.enact", enact).await?;
    pair.settle().await?;
    let partner = pair.ma().get("liaison", "/api/v1/partners/fr").await?;
    let desk = partner["desk"].as_str();
    desk.map(str::to_owned)
        .ok_or(DemoError::Waited("a standing desk"))
}
