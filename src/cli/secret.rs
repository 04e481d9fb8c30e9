//! The installation's secret: from the settings, or from a file that is written at the first start.

use std::fs;
use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::ExposeSecret;

use crate::config::SecretSource;
use crate::kernel::{Answer, Failure, Random, Secret};

/// Reads the secret, or makes one and keeps it in a file that only its owner may read.
pub fn load(source: &SecretSource, random: &dyn Random) -> Answer<Secret> {
    let value = source.value.expose_secret();
    if !value.is_empty() {
        return Secret::new(value.as_bytes());
    }
    if source.file.is_file() {
        let text = fs::read_to_string(&source.file).map_err(|error| cannot("read", &source.file, &error))?;
        return Secret::new(text.trim().as_bytes());
    }
    let mut bytes = [0; 48];
    random.fill(&mut bytes)?;
    let text = URL_SAFE_NO_PAD.encode(bytes);
    write_private(&source.file, &text).map_err(|error| cannot("write", &source.file, &error))?;
    tracing::info!(file = %source.file.display(), "a secret was made; keep this file with your backups");
    Secret::new(text.as_bytes())
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::internal(format!("cannot {what} the secret's file {}: {error}", path.display()))
}
