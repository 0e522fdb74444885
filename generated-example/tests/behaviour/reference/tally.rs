//! How many calls of each kind were made, and what came of them: a run in which something never happened proves nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use crate::reference::call::{Answer, Call};
use crate::reference::world::Fault;

const KINDS: [&str; 21] = [
    "Insert",
    "InsertMany",
    "InsertRow",
    "Upsert",
    "Find",
    "Get",
    "One",
    "Update",
    "Save",
    "Delete",
    "UpdateAll",
    "DeleteAll",
    "Add",
    "AddAll",
    "Remove",
    "Set",
    "Clear",
    "SetOne",
    "UpdateLinks",
    "DeleteLink",
    "Commit",
];

/// What is never refused; of `Remove` it takes an old copy of what is there.
const SURE: [&str; 4] = ["Find", "Clear", "DeleteLink", "Remove"];

const FAULTS: [Fault; 8] = [
    Fault::NotFound,
    Fault::TooMany,
    Fault::Stale,
    Fault::Unique,
    Fault::Foreign,
    Fault::Check,
    Fault::NotNull,
    Fault::Pending,
];

#[derive(Default)]
pub struct Tally {
    /// For each kind how many were done and how many refused.
    kinds: RefCell<BTreeMap<String, [u64; 2]>>,
    faults: RefCell<BTreeMap<Fault, u64>>,
}

impl Tally {
    pub fn count(&self, call: &Call, found: &Result<Answer, Fault>) {
        let mut kinds = self.kinds.borrow_mut();
        kinds.entry(call.name()).or_default()[usize::from(found.is_err())] += 1;
        if let Err(fault) = found {
            *self.faults.borrow_mut().entry(*fault).or_default() += 1;
        }
    }

    pub fn calls(&self) -> u64 {
        self.kinds.borrow().values().flatten().sum()
    }

    /// What has not happened.
    pub fn lacking(&self) -> Vec<String> {
        let mut lacking = Vec::new();
        for kind in KINDS {
            let kinds = self.kinds.borrow();
            let [done, refused] = kinds.get(kind).copied().unwrap_or_default();
            if done == 0 {
                lacking.push(format!("{kind} that is done"));
            }
            if refused == 0 && !SURE.contains(&kind) {
                lacking.push(format!("{kind} that is refused"));
            }
        }
        for fault in FAULTS {
            if !self.faults.borrow().contains_key(&fault) {
                lacking.push(format!("{fault:?}"));
            }
        }
        lacking
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} calls; of each kind, done and refused:", self.calls())?;
        for (kind, [done, refused]) in &*self.kinds.borrow() {
            writeln!(f, "  {kind}: {done}, {refused}")?;
        }
        write!(f, "refused as")?;
        for (fault, times) in &*self.faults.borrow() {
            write!(f, " {fault:?}: {times}")?;
        }
        Ok(())
    }
}
