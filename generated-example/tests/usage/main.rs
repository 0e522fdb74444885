//! The program that the contract gives as its whole story, over what its spec becomes, both as they stand there.

#![deny(warnings)]

/// The program says `models`, and may stand in any module that has one.
#[expect(
    clippy::too_many_lines,
    clippy::type_complexity,
    reason = "the program stands as it was given"
)]
mod school {
    /// What its spec becomes.
    mod models {
        include!(concat!(env!("OUT_DIR"), "/usage/school.rs"));
    }

    include!("school.rs");

    #[test]
    fn the_program_runs_to_its_end() {
        main().unwrap();
    }
}
