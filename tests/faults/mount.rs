//! Small disks of their own, in memory. Whoever may mount nothing leaves these tests out: tests/run finds that out, and gives
//! users who are not root a namespace in which they may.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// What the smallest file takes, and each step of a larger one.
pub const PAGE: u64 = 4096;

/// A disk, which goes with the value.
pub struct Disk {
    folder: TempDir,
}

impl Disk {
    /// A disk of `pages`; a folder takes none.
    pub fn new(pages: u64) -> Self {
        let folder = TempDir::new().expect("a folder");
        let size = format!("size={}", pages * PAGE);
        mount(&["-t", "tmpfs", "-o", &size, "relata"], folder.path());
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// From now on nothing is written there, or again.
    pub fn writable(&self, writable: bool) {
        let option = if writable { "remount,rw" } else { "remount,ro" };
        mount(&["-o", option], self.folder.path());
    }

    /// Fills the disk but for so many pages, until the value goes.
    pub fn fill_but(&self, pages: u64) -> Filler {
        let path = self.path().join("filler");
        let mut file = File::create(&path).expect("a file");
        let zeros = [0; 4096];
        let mut written = 0;
        let full = loop {
            match file.write_all(&zeros) {
                Ok(()) => written += 1,
                Err(error) => break error,
            }
        };
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        assert!(written >= pages, "the disk has {written} pages left");
        file.set_len((written - pages) * PAGE)
            .expect("a shorter file");
        Filler(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("-l")
            .arg(self.folder.path())
            .status();
    }
}

/// What takes the room.
pub struct Filler(PathBuf);

impl Drop for Filler {
    fn drop(&mut self) {
        // A process that another test starts at this moment may have the file open too, and keep its pages.
        File::create(&self.0).expect("a file without pages");
        fs::remove_file(&self.0).expect("removed");
    }
}

fn mount(arguments: &[&str], folder: &Path) {
    let mounted = Command::new("mount").args(arguments).arg(folder).status();
    assert!(mounted.expect("the program mount").success(), "mounted");
}
