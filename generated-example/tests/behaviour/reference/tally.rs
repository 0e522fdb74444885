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

    /// That everything has happened. Who asks for few sequences cannot have that.
    pub fn check(&self, is_told: bool) {
        let kinds = self.kinds.borrow();
        let calls: u64 = kinds.values().flatten().sum();
        if is_told && calls < 2000 {
            return;
        }
        /// What never fails, whatever it is asked.
        const SURE: [&str; 4] = ["Find", "Clear", "DeleteLink", "Remove"];
        for kind in KINDS {
            let [done, refused] = kinds.get(kind).copied().unwrap_or_default();
            assert!(done > 0, "no {kind} was done");
            assert!(refused > 0 || SURE.contains(&kind), "no {kind} was refused");
        }
        for fault in FAULTS {
            let faults = self.faults.borrow();
            assert!(
                faults.contains_key(&fault),
                "nothing was refused as {fault:?}"
            );
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.kinds.borrow();
        let calls: u64 = kinds.values().flatten().sum();
        writeln!(f, "{calls} calls; of each kind, done and refused:")?;
        for (kind, [done, refused]) in &*kinds {
            writeln!(f, "  {kind}: {done}, {refused}")?;
        }
        write!(f, "refused as")?;
        for (fault, times) in &*self.faults.borrow() {
            write!(f, " {fault:?}: {times}")?;
        }
        Ok(())
    }
}
