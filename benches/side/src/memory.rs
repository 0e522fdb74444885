//! The resident memory of this process, as Linux counts it.

use std::fs;

use crate::Result;

/// In KiB.
pub struct Peak {
    pub before: u64,
    pub peak: u64,
}

/// Watches from here on.
pub struct Watch {
    before: u64,
}

impl Watch {
    /// With `trim` what the allocator keeps of earlier jobs is given back, so that what this one takes is seen to be taken.
    pub fn new(trim: bool) -> Result<Self> {
        if trim {
            give_back();
        }
        // The system forgets the peak.
        fs::write("/proc/self/clear_refs", "5")?;
        let before = status("VmRSS:")?;
        Ok(Self { before })
    }

    pub fn peak(self) -> Result<Peak> {
        let peak = status("VmHWM:")?;
        Ok(Peak {
            before: self.before,
            peak,
        })
    }
}

fn status(key: &str) -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let count = line.and_then(|line| line.split_whitespace().next());
    Ok(count.ok_or("the system tells no memory")?.parse()?)
}

#[cfg(target_env = "gnu")]
#[expect(unsafe_code, reason = "only C has it")]
fn give_back() {
    // SAFETY: it has no conditions.
    unsafe { libc::malloc_trim(0) };
}

#[cfg(not(target_env = "gnu"))]
fn give_back() {}
