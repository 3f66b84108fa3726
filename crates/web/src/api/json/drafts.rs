//! What waits for signatures, as JSON.

use super::{all, handling, line as dossier_line, time, values_of};
use entente_app::views::{DraftLine, DraftView, PreviewFile, PreviewView};
use serde_json::{Value, json};

/// See [`DraftLine`].
pub fn line(d: &DraftLine) -> Value {
    json!({
        "id": d.id.to_string(), "state": d.state.name(), "type": d.entry_type.name, "kind": d.kind.name,
        "dossier": d.dossier.as_ref().map(dossier_line), "entry": d.entry.map(|e| e.to_string()), "author": d.author,
        "service": d.service, "mine": d.mine, "at": time(d.at), "due": time(d.due), "overdue": d.overdue,
    })
}

/// See [`DraftView`].
pub fn view(v: &DraftView) -> Value {
    json!({
        "line": line(&v.line), "preview": v.preview.as_ref().map(preview), "stale": v.stale, "lost": v.lost, "grounds": v.grounds,
        "on": v.target.map(|on| on.to_string()),
    })
}

/// See [`PreviewView`].
pub fn preview(p: &PreviewView) -> Value {
    let file = |f: &PreviewFile| json!({"name": f.name, "media": f.media, "size": f.size});
    let header = &p.header;
    let release = header.release.as_ref();
    let release = release.map(|r| json!({"necessity": r.necessity, "basis": r.basis}));
    json!({
        "type": p.entry_type.name, "kind": p.kind.name, "service": header.author.service, "role": header.author.role,
        "audience": header.audience, "purpose": header.purpose, "handling": handling(header.handling), "release": release,
        "values": values_of(&p.values), "files": all(&p.files, file), "readers": p.readers, "own_only": p.own_only,
    })
}
