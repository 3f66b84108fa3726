//! A client of thirty lines: one request, one answer, nothing followed. Tests of doors need just that.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// GET with an optional header line, such as `Authorization: Bearer ...`. None if nobody answers.
pub fn get(address: &str, header: Option<&str>) -> Option<Answer> {
    request("GET", address, header, None)
}

/// Any method; a body is sent as JSON.
pub fn request(
    method: &str,
    address: &str,
    header: Option<&str>,
    body: Option<&str>,
) -> Option<Answer> {
    exchange(method, address, header, body, "application/json")
}

/// The fields of a form, sent with a header line.
pub fn form(address: &str, header: &str, fields: &str) -> Option<Answer> {
    let media = "application/x-www-form-urlencoded";
    exchange("POST", address, Some(header), Some(fields), media)
}

fn exchange(
    method: &str,
    address: &str,
    header: Option<&str>,
    body: Option<&str>,
    media: &str,
) -> Option<Answer> {
    let rest = address.strip_prefix("http://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .ok()?;
    let mut lines = format!(
        "{method} {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n",
        if path.is_empty() { "/" } else { path }
    );
    if let Some(header) = header {
        lines.push_str(&format!("{header}\r\n"));
    }
    let body = body.unwrap_or_default();
    if !body.is_empty() {
        lines.push_str(&format!("Content-Type: {media}\r\n"));
    }
    lines.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(lines.as_bytes()).ok()?;
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    // A stream of events never ends: what came before the time limit is answer enough. Nor does a server that keeps its line.
    while !whole(&bytes) {
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => break,
            Ok(n) => bytes.extend_from_slice(&chunk[..n]),
        }
    }
    parse(&String::from_utf8_lossy(&bytes))
}

/// Whether all is here of an answer that says how long it is.
fn whole(bytes: &[u8]) -> bool {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    let length: Option<usize> = length.and_then(|n| n.trim().parse().ok());
    length.is_some_and(|length| bytes.len() >= end + 4 + length)
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| {
            line.split_once(": ")
                .map(|(n, v)| (n.to_lowercase(), v.to_owned()))
        })
        .collect();
    Some(Answer {
        status,
        headers,
        body: body.to_owned(),
    })
}
