//! What a contest is made of. Another one is another constant.

use std::time::Duration;

pub struct Contest {
    /// What the command line and the section of the page call it.
    pub name: &'static str,
    /// What is measured, in the words of the section.
    pub title: &'static str,
    pub students: u32,
    pub courses: u32,
    /// Whether each side runs on one core.
    pub pinned: bool,
    pub time: Time,
    /// By how much a server's answers come later.
    pub delay: Option<Duration>,
    /// The first one is by hand, the measure of the others.
    pub sides: &'static [Side],
    pub jobs: &'static [Job],
    /// The memory that relata's sides may take, against the side by hand.
    pub memory: f64,
}

/// What counts as the time of a job.
#[derive(Clone, Copy)]
pub enum Time {
    /// What passed: for those who wait for a server.
    Clock,
    /// What the threads of the side had a processor: the same for who waits for nobody, whatever else the machine does.
    Processor,
}

pub struct Side {
    /// The head of its column.
    pub label: &'static str,
    pub program: Program,
    /// Whether the budgets are for it.
    pub ours: bool,
}

pub enum Program {
    /// A binary beside this one.
    Built(&'static str),
    /// A script, by its path in the repository, for the Python that the command line names.
    Python(&'static str),
}

pub struct Job {
    pub name: &'static str,
    pub label: &'static str,
    /// The job of the side by hand that is the measure.
    pub by_hand: &'static str,
    pub budget: Option<f64>,
    /// Other jobs of the side by hand, for information.
    pub forms: &'static [Form],
}

pub struct Form {
    pub name: &'static str,
    pub label: &'static str,
}
