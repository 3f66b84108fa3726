//! A file that a command makes: it must not exist yet, and is there whole or not at all.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use super::CliError;

/// Makes the file and has it written; before anything is recorded it is known that it can be. What fails leaves nothing half done that could be
/// taken for the whole.
pub fn whole<T>(
    path: &Path,
    write: impl FnOnce(File) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let file = File::create_new(path).map_err(|error| refused(path, &error))?;
    write(file).inspect_err(|_| {
        let _gone = std::fs::remove_file(path);
    })
}

/// Writes all of such a file, durably.
pub fn filled(file: &mut File, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let done = file.write_all(bytes).and_then(|()| file.sync_all());
    done.map_err(|error| refused(path, &error))
}

/// What the system says of a file.
pub fn refused(path: &Path, error: &std::io::Error) -> CliError {
    CliError::Refused(format!("{}: {error}", path.display()))
}
