//! A charter agreed by both nodes, and the standing desk that comes with it.

use entente_node::demo::world::Nodes;
use entente_node::demo::{Api, Writing};
use serde_json::json;

/// Two linked nodes that run.
pub trait Pair {
    fn ma(&mut self) -> &mut Api;
    fn fr(&mut self) -> &mut Api;
    /// Waits until each side holds all of the other's register.
    async fn settle(&mut self);
}

impl Pair for Nodes {
    fn ma(&mut self) -> &mut Api {
        &mut self.ma
    }
    fn fr(&mut self) -> &mut Api {
        &mut self.fr
    }
    async fn settle(&mut self) {
        self.settled().await.unwrap();
    }
}

/// `fr` proposes, `ma` signs, `fr` enacts; the desk as `ma` sees it.
pub async fn desk(pair: &mut impl Pair) -> String {
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
    let opened = pair.fr().record("liaison", "charter.open", open).await;
    let charter = opened.unwrap().dossier;
    pair.settle().await;
    let sign = writing(Some(&charter));
    let signed = pair.ma().record("liaison", "charter.sign", sign).await;
    signed.unwrap();
    pair.settle().await;
    let enact = writing(Some(&charter));
    let enacted = pair.fr().record("liaison", "charter.enact", enact).await;
    enacted.unwrap();
    pair.settle().await;
    let partner = pair.ma().get("liaison", "/api/v1/partners/fr").await;
    let partner = partner.unwrap();
    let desk = partner["desk"].as_str().expect("a standing desk");
    desk.to_owned()
}
