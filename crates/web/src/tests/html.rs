//! A small checker of pages: nesting, identifiers, labels of controls, text of links and buttons, language and direction, raw keys.

use std::collections::BTreeSet;

const VOID: [&str; 7] = ["meta", "link", "input", "br", "img", "hr", "wbr"];
/// Elements that may not stand inside a paragraph.
const BLOCKS: [&str; 12] = [
    "p", "div", "ul", "ol", "dl", "section", "table", "form", "h1", "h2", "article", "fieldset",
];

/// Marks of direction and isolates: invisible.
const BIDI: [char; 8] = [
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{202e}', '\u{2066}', '\u{2068}', '\u{2069}',
];

struct Tag {
    name: String,
    attributes: String,
    /// What a screen reader says of what stands inside.
    said: String,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        let rest = self.attributes.split_once(&format!(" {name}=\""))?.1;
        rest.split('"').next()
    }
    /// A link, a button or a label that nobody could name.
    fn unnamed(&self) -> bool {
        let seen = |c: char| !c.is_whitespace() && !c.is_control() && !BIDI.contains(&c);
        matches!(self.name.as_str(), "a" | "button" | "label")
            && self.attribute("aria-hidden").is_none()
            && self.attribute("aria-label").is_none_or(str::is_empty)
            && !self.said.chars().any(seen)
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
        say(&mut stack, &rest[..at]);
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
                Some(open) if open.name == name => {
                    if open.unnamed() {
                        out.push(format!("<{name}{}> without text", open.attributes));
                    }
                }
                Some(open) => out.push(format!("</{name}> closes <{}>", open.name)),
                None => out.push(format!("</{name}> closes nothing")),
            }
            continue;
        }
        let name = tag.split_whitespace().next().unwrap_or_default().to_owned();
        let tag = Tag {
            attributes: format!(" {}", tag[name.len()..].trim()),
            name,
            said: String::new(),
        };
        for named in ["aria-label", "alt"] {
            let text = tag.attribute(named).unwrap_or_default().to_owned();
            say(&mut stack, &text);
        }
        check(
            &tag,
            &stack,
            &mut ids,
            &mut targets,
            &mut controls,
            &mut out,
        );
        // Shapes of a drawing close themselves.
        let closed = VOID.contains(&tag.name.as_str()) || tag.attributes.ends_with('/');
        if !closed {
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

/// Text is heard with every element that it stands in, unless one of them is hidden from whoever listens.
fn say(stack: &mut [Tag], text: &str) {
    let silent = |tag: &Tag| tag.attribute("aria-hidden") == Some("true");
    if !stack.iter().any(silent) {
        stack.iter_mut().for_each(|tag| tag.said.push_str(text));
    }
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
    let wrong = "<!DOCTYPE html><html><p><div></div></p><li></li><input id=\"x\"><form method=\"post\" action=\"/y\"></form><a href=\"/z\"><bdi>\u{2068}\u{2069}</bdi></a><button><i aria-hidden=\"true\">x</i></button><b></i></html>";
    let found = problems(wrong).join("; ");
    for part in [
        "inside <p>",
        "outside a list",
        "without lang",
        "control x without label",
        "csrf of /y",
        "<a href=\"/z\"> without text",
        "<button > without text",
        "</i> closes <b>",
    ] {
        assert!(found.contains(part), "{part}: {found}");
    }
}

/// The obligation whose button of this type stands on a page.
pub fn on(page: &str, entry_type: &str) -> String {
    let begins = format!("/write/{entry_type}?on=");
    let rest = page.split(&begins).nth(1).expect("a button");
    let id: String = rest.chars().take_while(|c| *c != '"').collect();
    id.replace("%23", "#")
}
