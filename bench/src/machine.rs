//! What this machine can do, measured in the same run: durable writes, hashing, loopback.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// CPU seconds that this process used so far, all its threads together; 0 where the system does not tell.
pub fn cpu_seconds() -> f64 {
    // Fields 14 and 15, in ticks of a hundredth (proc(5)); the second field may hold spaces, and ends with a parenthesis.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

const FOR: Duration = Duration::from_millis(700);

/// Appends of 4 KiB made durable, per second.
pub fn fsyncs() -> Result<f64, String> {
    let dir = tempfile::tempdir().map_err(|e| e.to_string())?;
    let mut file = std::fs::File::create(dir.path().join("fsync")).map_err(|e| e.to_string())?;
    let block = [7u8; 4096];
    let begun = Instant::now();
    let mut count = 0u32;
    while begun.elapsed() < FOR {
        file.write_all(&block)
            .and_then(|()| file.sync_data())
            .map_err(|e| e.to_string())?;
        count += 1;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}

/// SHA-256 of 1 KiB messages, per second on one core.
pub fn hashes() -> f64 {
    let message = [7u8; 1024];
    let begun = Instant::now();
    let mut count = 0u32;
    while begun.elapsed() < FOR {
        for _ in 0..1000 {
            std::hint::black_box(entente_proof::digest::sha256(std::hint::black_box(
                &message,
            )));
        }
        count += 1000;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

/// Bytes per second through a loopback socket, one sender and one receiver.
pub fn loopback() -> Result<f64, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let reader = std::thread::spawn(move || -> Option<u64> {
        let (mut stream, _) = listener.accept().ok()?;
        let mut buffer = vec![0u8; 128 * 1024];
        let mut total = 0u64;
        while let Ok(n) = stream.read(&mut buffer) {
            if n == 0 {
                break;
            }
            total += n as u64;
        }
        Some(total)
    });
    let mut stream = std::net::TcpStream::connect(address).map_err(|e| e.to_string())?;
    let block = vec![7u8; 128 * 1024];
    let begun = Instant::now();
    while begun.elapsed() < FOR {
        stream.write_all(&block).map_err(|e| e.to_string())?;
    }
    drop(stream);
    let total = reader.join().ok().flatten().ok_or("the receiver failed")?;
    #[expect(clippy::cast_precision_loss, reason = "a rate for reading")]
    Ok(total as f64 / begun.elapsed().as_secs_f64())
}
