//! The shape of each sort of thing, around its middle.

use crate::measure::Mark;
use crate::network::Sort;

/// Where lines end: outside every mark and its ring.
pub(super) const EDGE: f64 = 20.0;

/// A mark: its shape filled if it is ours, drawn twice if a partner brought it; a ring for a cut point, a frame for what is chosen.
pub(super) fn drawn(sort: Sort, size: Mark, (ours, chosen, cut): (bool, bool, bool)) -> String {
    let r = match size {
        Mark::Plain => 9,
        Mark::Wide => 12,
        Mark::Widest => 15,
    };
    let mut out = shape(sort, r, if ours { "currentColor" } else { "none" });
    if !ours {
        out.push_str(&shape(sort, r - 4, "none"));
    }
    if cut {
        out.push_str("<circle class=\"cut\" r=\"18\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"/>");
    }
    if chosen {
        out.push_str("<rect class=\"chosen\" x=\"-19.5\" y=\"-19.5\" width=\"39\" height=\"39\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.5\"/>");
    }
    out
}

/// A shape of about the radius given.
pub(super) fn shape(sort: Sort, r: i32, fill: &str) -> String {
    let look = format!(
        "class=\"mark\" fill=\"{fill}\" fill-opacity=\"0.85\" stroke=\"currentColor\" stroke-width=\"1.6\""
    );
    let path = |d: String| format!("<path d=\"{d}\" {look}/>");
    let (half, third) = (r / 2, r / 3);
    match sort {
        Sort::Person => format!("<circle r=\"{r}\" {look}/>"),
        Sort::Organisation => format!(
            "<rect x=\"-{r}\" y=\"-{r}\" width=\"{0}\" height=\"{0}\" {look}/>",
            2 * r
        ),
        Sort::Phone => format!(
            "<rect x=\"-{half}\" y=\"-{r}\" width=\"{}\" height=\"{}\" rx=\"3\" {look}/>",
            2 * half,
            2 * r
        ),
        Sort::Account => path(format!("M0 -{r}L{r} 0L0 {r}L-{r} 0z")),
        Sort::Vehicle => path(format!(
            "M-{half} -{r}H{half}L{r} 0L{half} {r}H-{half}L-{r} 0z"
        )),
        Sort::Vessel => path(format!("M-{r} -{half}H{r}L{half} {r}H-{half}z")),
        Sort::Place => path(format!("M0 {r}L-{r} -{half}L0 -{r}L{r} -{half}z")),
        Sort::Address => path(format!("M-{r} {r}V-{third}L0 -{r}L{r} -{third}V{r}z")),
        Sort::Device => format!(
            "<rect x=\"-{r}\" y=\"-{half}\" width=\"{}\" height=\"{}\" rx=\"{half}\" {look}/>",
            2 * r,
            2 * half
        ),
        Sort::Document => path(format!("M-{half} -{r}H{third}L{half} -{half}V{r}H-{half}z")),
        Sort::Event => path(format!(
            "M0 -{r}L{third} -{third}L{r} 0L{third} {third}L0 {r}L-{third} {third}L-{r} 0L-{third} -{third}z"
        )),
        Sort::Other => path(format!(
            "M-{r} -{half}H-{half}V-{r}H{half}V-{half}H{r}V{half}H{half}V{r}H-{half}V{half}H-{r}z"
        )),
    }
}
