//! Pages of PDF by the real process that reads them: real documents come out as pictures and letters, hostile ones cost that process only.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use entente_node::drawing::Apart;
use entente_render::{Answer, MOST_PAGES, Refused, Wanted};
use entente_web::Drawing as _;
use flate2::Compression;
use flate2::write::ZlibEncoder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");
/// Long enough for a slow machine under load, and for the process to meet its own limit of time.
const PATIENCE: Duration = Duration::from_secs(60);

fn look(bytes: Vec<u8>, page: u32, wanted: Wanted) -> Result<Answer, Refused> {
    let chunks: Vec<Vec<u8>> = bytes.chunks(64 << 10).map(<[u8]>::to_vec).collect();
    let apart = Apart::of(PROGRAM.into(), PATIENCE);
    let file = Box::new(chunks.into_iter().map(Ok));
    apart.page(file, page, wanted).unwrap()
}

/// Objects, numbered from 1, as a document with a table of where they are.
fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut at: Vec<usize> = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        at.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", at.len() + 1).into_bytes());
    for place in at {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    out.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n")
            .into_bytes(),
    );
    out
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn stream(dict: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< /Length {} {dict} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// A page of these contents, with extra entries for the catalogue, the page and the trailer.
fn one_page(contents: Vec<u8>, catalogue: &str, page: &str, trailer: &str) -> Vec<u8> {
    let objects = [
        object(&format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>")),
        object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        object(&format!(
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> {page} >>"
        )),
        contents,
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 6 0 R >> >>",
            b"/X Do /X Do",
        ),
    ];
    document(&objects, trailer)
}

const A4: &str = "/MediaBox [0 0 595 842]";

fn words(text: &[u8]) -> Vec<u8> {
    let drawn = [b"BT /F 24 Tf 72 700 Td (", text, b") Tj ET"].concat();
    stream("", &drawn)
}

fn letters(answer: Result<Answer, Refused>) -> (u32, String) {
    match answer.unwrap() {
        Answer::Letters { pages, letters } => (pages, letters),
        Answer::Picture(_) => panic!("letters were asked for"),
    }
}

/// Width and height of a picture, from its first block.
fn size(answer: Result<Answer, Refused>) -> (u32, u32) {
    let Answer::Picture(png) = answer.unwrap() else {
        panic!("a picture was asked for")
    };
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert!(png.starts_with(b"\x89PNG"));
    (number(16), number(20))
}

/// A page comes out as letters and as a picture of the width of a screen. Take out: `Command::Render`, or the accents by leaving out
/// `as_unicode` in `crates/render/src/letters.rs`.
#[test]
fn a_page_is_a_picture_and_letters() {
    let pdf = one_page(words(b"Proc\xe8s-verbal n\xb0 7"), "", A4, "");
    let said = letters(look(pdf.clone(), 1, Wanted::Letters));
    assert_eq!(said, (1, "Procès-verbal n° 7".to_owned()));
    let (width, height) = size(look(pdf.clone(), 1, Wanted::Picture));
    assert!((1_239..=1_241).contains(&width) && (1_753..=1_756).contains(&height));
    for page in [0, 2, u32::MAX] {
        assert_eq!(
            look(pdf.clone(), page, Wanted::Letters),
            Err(Refused::NoPage)
        );
    }
}

/// Invariant 12: what is no document, cut, of a size that is none, enciphered or endless gets a word, and whoever asked goes on.
/// Take out: the bounds of `scale` in `crates/render/src/picture.rs`; `Locked` in `page`.
#[test]
fn invariant_12_broken_documents_get_a_word() {
    let whole = one_page(words(b"A"), "", A4, "");
    for cut in [9, 40, 200] {
        let cut = whole[..cut].to_vec();
        assert_eq!(look(cut, 1, Wanted::Letters), Err(Refused::Broken));
    }
    let huge = one_page(words(b"A"), "", "/MediaBox [0 0 1000000000 1000000000]", "");
    let (width, height) = size(look(huge, 1, Wanted::Picture));
    assert!(width <= 1_240 && height <= 3_508, "{width} {height}");
    let turned = one_page(words(b"A"), "", "/MediaBox [0 0 0 0]", "");
    let drawn = look(turned, 1, Wanted::Picture);
    assert!(!matches!(drawn, Err(Refused::Spent)), "{drawn:?}");
    let secret = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <0000000000000000000000000000000000000000000000000000000000000000> /U <1111111111111111111111111111111111111111111111111111111111111111> >> /ID [<00> <00>]";
    let locked = one_page(words(b"A"), "", A4, secret);
    assert_eq!(look(locked, 1, Wanted::Letters), Err(Refused::Locked));
}

/// Invariant 12: a document that draws itself without end, is nested a million deep or unpacks to more than there is costs its process alone,
/// within its limits. Take out: a limit of `give_up` in `cli/render.rs`, and the memory of the process grows past it.
#[test]
fn invariant_12_a_bomb_costs_its_process_alone() {
    let itself = one_page(stream("", b"/X Do"), "", A4, "");
    let nested = one_page(stream("", &vec![b'['; 4_000_000]), "", A4, "");
    let deep = format!("/Deep {}", "[".repeat(2_000_000));
    let deep = one_page(words(b"A"), &deep, A4, "");
    let circle = document(
        &[
            object("<< /Type /Catalog /Pages 2 0 R >>"),
            object("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
        ],
        "",
    );
    for hostile in [itself, nested, deep, circle] {
        for wanted in [Wanted::Letters, Wanted::Picture] {
            // Whether it is drawn in part or refused is the document's matter; that an answer comes is ours.
            let begun = Instant::now();
            let _answered = look(hostile.clone(), 1, wanted);
            assert!(begun.elapsed() < PATIENCE / 2);
        }
    }
}

/// Invariant 12: two GiB packed into twenty MiB. Take out: `Resource::As` of `give_up`, and the process takes them.
#[test]
fn invariant_12_what_unpacks_without_end_meets_the_limit_of_memory() {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..2_048 {
        packed.write_all(&zeros).unwrap();
    }
    let packed = packed.finish().unwrap();
    let bomb = one_page(stream("/Filter /FlateDecode", &packed), "", A4, "");
    assert!(bomb.len() < 32 << 20, "{}", bomb.len());
    let answer = look(bomb, 1, Wanted::Picture);
    assert_eq!(answer, Err(Refused::Spent), "lost, and nobody else is");
}

/// Nothing that a document asks to be done is done. Take out: nothing of ours reads actions; the test says that it stays so.
#[test]
fn invariant_12_scripts_and_actions_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    let action = format!(
        "/OpenAction << /S /Launch /F (/bin/touch) /Win << /F (touch) /P ({path}) >> /Next << /S /JavaScript /JS (app.launchURL\\('file://{path}'\\)) >> >>",
        path = made.display()
    );
    let pdf = one_page(words(b"Acte"), &action, A4, "");
    assert_eq!(letters(look(pdf.clone(), 1, Wanted::Letters)).1, "Acte");
    size(look(pdf, 1, Wanted::Picture));
    assert!(!made.exists());
}

/// Of ten thousand pages those within the limit are shown, and the number is said. Take out: `MOST_PAGES` in `page`.
#[test]
fn ten_thousand_pages_are_counted_and_half_of_them_shown() {
    let kids: Vec<String> = (0..10_000).map(|n| format!("{} 0 R", n + 5)).collect();
    let mut objects = vec![
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object(&format!(
            "<< /Type /Pages /Kids [{}] /Count 10000 >>",
            kids.join(" ")
        )),
        words(b"Page"),
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
    ];
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> {A4} >>"
    );
    objects.extend((0..10_000).map(|_| object(&page)));
    let pdf = document(&objects, "");
    let last = letters(look(pdf.clone(), MOST_PAGES, Wanted::Letters));
    assert_eq!(last, (10_000, "Page".to_owned()));
    assert_eq!(
        look(pdf, MOST_PAGES + 1, Wanted::Letters),
        Err(Refused::NoPage)
    );
}

/// A process that says nothing is ended in time, and so is one that says what is no answer. Take out: `kill` in `page`, or `recv_timeout`.
#[test]
fn a_process_that_hangs_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let script = |text: &str| {
        let path = folder.path().join("program");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        Apart::of(path, Duration::from_millis(300))
    };
    let file = || Box::new(vec![Ok(vec![0; 1 << 20])].into_iter());
    for text in [
        "#!/bin/sh\nexec sleep 600\n",
        "#!/bin/sh\necho '<html>'\n",
        "#!/bin/sh\nexit 3\n",
    ] {
        let begun = Instant::now();
        let answer = script(text).page(file(), 1, Wanted::Picture).unwrap();
        assert_eq!(answer, Err(Refused::Spent), "{text}");
        assert!(begun.elapsed() < Duration::from_secs(30), "{text}");
    }
}

/// Before it reads a byte the process has given up files, sockets and time. Take out: any line of `give_up`.
#[test]
fn the_process_gives_up_what_it_does_not_need() {
    let mut child = Command::new(PROGRAM)
        .args(["render", "letters", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let path = format!("/proc/{}/limits", child.id());
    let begun = Instant::now();
    let row = |text: &str, name: &str| -> Vec<String> {
        let line = text.lines().find(|line| line.starts_with(name));
        let line = line.unwrap_or_default().trim_start_matches(name);
        line.split_whitespace().map(str::to_owned).take(2).collect()
    };
    let limits = loop {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let closed = row(&text, "Max open files") == ["0", "0"];
        if closed || begun.elapsed() > PATIENCE {
            break text;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    child.kill().unwrap();
    child.wait().unwrap();
    for (name, most) in [
        ("Max open files", "0"),
        ("Max file size", "0"),
        ("Max core file size", "0"),
        ("Max processes", "0"),
        ("Max cpu time", "10"),
        ("Max address space", "1073741824"),
    ] {
        assert_eq!(row(&limits, name), [most, most], "{name}\n{limits}");
    }
}
