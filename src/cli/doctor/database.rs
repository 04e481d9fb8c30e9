//! The database: whether it can be reached, is up to date, and lies where it is safe.

use std::path::Path;

use super::Finding;
use crate::config::Config;
use crate::db::{Location, migrations, survey};
use crate::kernel::Answer;
use crate::kernel::clock::{Clock, SystemClock};

const TOPIC: &str = "database";
/// File systems whose locks or syncs SQLite cannot rely on.
const UNSAFE_FILE_SYSTEMS: &[&str] = &["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "vboxsf", "fuse.glusterfs", "ceph"];
/// File systems that do not outlive the machine or the container.
const PASSING_FILE_SYSTEMS: &[&str] = &["tmpfs", "ramfs", "overlay"];
/// Clocks of nodes and database may differ by this much.
const CLOCKS_APART_MAX_SECONDS: u64 = 5;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    match config.location() {
        Err(why) => vec![Finding::fail(TOPIC, why)],
        Ok(location @ Location::Sqlite(_)) => sqlite(&location),
        Ok(location @ Location::Postgres(_)) => postgres(&location),
    }
}

fn sqlite(location: &Location) -> Vec<Finding> {
    let Location::Sqlite(path) = location else { return Vec::new() };
    let mut findings = vec![file_system(path)];
    if !path.is_file() {
        findings.push(Finding::warn(TOPIC, format!("{} does not exist yet: `kularing serve` or `kularing migrate` makes it", path.display())));
        return findings;
    }
    findings.push(up_to_date(location, migrations::pending(location)));
    findings
}

/// What lies under the file, by the mount with the longest path above it.
fn file_system(path: &Path) -> Finding {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(folder) = folder.canonicalize() else {
        return Finding::warn("disk", format!("the folder {} does not exist yet", folder.display()));
    };
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let kind = file_system_of(&mounts, &folder);
    match kind {
        Some(kind) if UNSAFE_FILE_SYSTEMS.contains(&kind) => {
            Finding::fail("disk", format!("{} lies on {kind}, where locks and syncs are not what they seem: use a local disk, or PostgreSQL", folder.display()))
        }
        Some(kind) if PASSING_FILE_SYSTEMS.contains(&kind) => {
            Finding::warn("disk", format!("{} lies on {kind} and goes with the machine or container: mount a volume there", folder.display()))
        }
        Some(kind) => Finding::ok("disk", format!("{} lies on {kind}", folder.display())),
        None => Finding::warn("disk", "the kind of file system cannot be told here"),
    }
}

fn file_system_of<'m>(mounts: &'m str, folder: &Path) -> Option<&'m str> {
    let rows = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?, words.next()?))
    });
    rows.filter(|(mount, _)| folder.starts_with(mount)).max_by_key(|(mount, _)| mount.len()).map(|(_, kind)| kind)
}

fn postgres(location: &Location) -> Vec<Finding> {
    let surveyed = match survey::postgres(location) {
        Ok(surveyed) => surveyed,
        Err(failure) => {
            return vec![Finding::fail(
                TOPIC,
                format!("{}: {failure}. Check host, name, user and password of database.url (or DATABASE_URL)", location.shown()),
            )];
        }
    };
    let mut findings = vec![up_to_date(location, migrations::pending(location))];
    findings.push(if surveyed.version_number < 130_000 {
        Finding::fail("server", format!("PostgreSQL {}: 13 or newer is needed", surveyed.version))
    } else {
        Finding::ok("server", format!("PostgreSQL {}", surveyed.version))
    });
    findings.push(match (surveyed.is_encrypted, surveyed.is_local) {
        (true, _) => Finding::ok("tls", "the connection to the database is encrypted"),
        (false, true) => Finding::ok("tls", "the connection to the database does not leave this machine or its network"),
        (false, false) => Finding::warn(
            "tls",
            "the connection to the database is not encrypted: build with --no-default-features (which links the system's libpq) and add ?sslmode=require",
        ),
    });
    let apart = SystemClock.now().since(surveyed.now).max(surveyed.now.since(SystemClock.now())).as_secs();
    findings.push(if apart > CLOCKS_APART_MAX_SECONDS {
        Finding::warn("clock", format!("this machine and the database are {apart} seconds apart: run a time service on both"))
    } else {
        Finding::ok("clock", "this machine and the database agree")
    });
    findings
}

fn up_to_date(location: &Location, pending: Answer<Vec<String>>) -> Finding {
    match pending {
        Ok(pending) if pending.is_empty() => Finding::ok(TOPIC, format!("{}, up to date", location.shown())),
        Ok(pending) => {
            Finding::warn(TOPIC, format!("{}: {} migrations are pending: `kularing serve` or `kularing migrate` applies them", location.shown(), pending.len()))
        }
        Err(failure) => Finding::fail(TOPIC, format!("{}: {failure}", location.shown())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "overlay / overlay rw 0 0\n/dev/sda1 /data ext4 rw 0 0\nserver:/x /data/far nfs4 rw 0 0\n";
        for (folder, kind) in [("/", "overlay"), ("/data/kularing", "ext4"), ("/data/far/off", "nfs4"), ("/database", "overlay")] {
            assert_eq!(file_system_of(mounts, Path::new(folder)), Some(kind), "{folder}");
        }
    }
}
