//! A node's card. (Under way.)

/// Whether a text is a node name: 1 to 32 of a-z, 0-9 and hyphen.
#[must_use]
pub fn is_node_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(allowed)
}
