//! A small checker of pages: nesting, identifiers, labels of controls, language and direction, raw keys.

use std::collections::BTreeSet;

const VOID: [&str; 7] = ["meta", "link", "input", "br", "img", "hr", "wbr"];
/// Elements that may not stand inside a paragraph.
const BLOCKS: [&str; 12] = [
    "p", "div", "ul", "ol", "dl", "section", "table", "form", "h1", "h2", "article", "fieldset",
];

struct Tag {
    name: String,
    attributes: String,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        let rest = self.attributes.split_once(&format!(" {name}=\""))?.1;
        rest.split('"').next()
    }
    fn has(&self, name: &str) -> bool {
        self.attributes.split_whitespace().any(|a| a == name) || self.attribute(name).is_some()
    }
}

/// What is wrong with a page; empty if nothing.
pub fn problems(page: &str) -> Vec<String> {
    let mut out = Vec::new();
    if !page.starts_with("<!DOCTYPE html>") {
        out.push("no doctype".to_owned());
    }
    if page.contains('⟦') {
        out.push(format!(
            "raw key: {}",
            page.split('⟦')
                .nth(1)
                .unwrap_or_default()
                .chars()
                .take(40)
                .collect::<String>()
        ));
    }
    let mut stack: Vec<Tag> = Vec::new();
    let (mut ids, mut targets, mut controls) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let Some(end) = rest.find('>') else {
            out.push("tag without end".into());
            break;
        };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            match stack.pop() {
                Some(open) if open.name == name => {}
                Some(open) => out.push(format!("</{name}> closes <{}>", open.name)),
                None => out.push(format!("</{name}> closes nothing")),
            }
            continue;
        }
        let name = tag.split_whitespace().next().unwrap_or_default().to_owned();
        let tag = Tag {
            attributes: format!(" {}", tag[name.len()..].trim()),
            name,
        };
        check(
            &tag,
            &stack,
            &mut ids,
            &mut targets,
            &mut controls,
            &mut out,
        );
        if !VOID.contains(&tag.name.as_str()) {
            stack.push(tag);
        }
    }
    out.extend(stack.iter().map(|t| format!("<{}> never closed", t.name)));
    out.extend(
        controls
            .iter()
            .filter(|id| !targets.contains(*id))
            .map(|id| format!("control {id} without label")),
    );
    out
}

fn check(
    tag: &Tag,
    stack: &[Tag],
    ids: &mut BTreeSet<String>,
    targets: &mut BTreeSet<String>,
    controls: &mut Vec<String>,
    out: &mut Vec<String>,
) {
    let inside = |name: &str| stack.iter().any(|t| t.name == name);
    if inside("p") && BLOCKS.contains(&tag.name.as_str()) {
        out.push(format!("<{}> inside <p>", tag.name));
    }
    for twice in ["a", "form", "button"] {
        if tag.name == twice && inside(twice) {
            out.push(format!("<{twice}> inside <{twice}>"));
        }
    }
    if tag.name == "li"
        && !stack
            .last()
            .is_some_and(|t| matches!(t.name.as_str(), "ul" | "ol"))
    {
        out.push("<li> outside a list".into());
    }
    if tag.name == "html" && (tag.attribute("lang").is_none() || tag.attribute("dir").is_none()) {
        out.push("html without lang or dir".into());
    }
    if tag.name == "form" && tag.attribute("method") == Some("post") {
        // Every POST form must hold the secret: remembered as a control of its own below.
        controls.push(format!(
            "csrf of {}",
            tag.attribute("action").unwrap_or_default()
        ));
    }
    if tag.attribute("name") == Some("_csrf") {
        let form = stack
            .iter()
            .rev()
            .find(|t| t.name == "form")
            .and_then(|f| f.attribute("action"))
            .unwrap_or_default();
        targets.insert(format!("csrf of {form}"));
        if tag.attribute("value").is_none_or(str::is_empty) {
            out.push("empty form secret".into());
        }
    }
    if let Some(id) = tag
        .attribute("id")
        .filter(|id| !ids.insert((*id).to_owned()))
    {
        out.push(format!("id {id} twice"));
    }
    if tag.name == "label" {
        targets.extend(tag.attribute("for").map(str::to_owned));
    }
    let control = matches!(tag.name.as_str(), "input" | "select" | "textarea");
    let named = tag.attribute("aria-label").is_some()
        || inside("label")
        || tag.attribute("type") == Some("hidden")
        || tag.has("hidden");
    if control && !named {
        controls.push(tag.attribute("id").unwrap_or("(no id)").to_owned());
    }
    if tag.attributes.contains(" style=\"")
        || tag.attributes.contains(" on") && tag.attributes.contains("=\"javascript")
    {
        out.push(format!("inline style or script on <{}>", tag.name));
    }
    if tag.name == "script" && tag.attribute("src").is_none() {
        out.push("inline script".into());
    }
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let wrong = "<!DOCTYPE html><html><p><div></div></p><li></li><input id=\"x\"><form method=\"post\" action=\"/y\"></form><b></i></html>";
    let found = problems(wrong).join("; ");
    for part in [
        "inside <p>",
        "outside a list",
        "without lang",
        "control x without label",
        "csrf of /y",
        "</i> closes <b>",
    ] {
        assert!(found.contains(part), "{part}: {found}");
    }
}
