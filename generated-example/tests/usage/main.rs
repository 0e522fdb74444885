//! The programs of the contract, each over what its spec becomes, both as they stand there.

#![deny(warnings)]

/// A program, which says `models` and may stand in any module that has one.
macro_rules! programs {
    ($($name:ident: $spec:literal, $program:literal;)+) => {$(
        #[allow(
            clippy::cloned_ref_to_slice_refs,
            clippy::too_many_lines,
            clippy::type_complexity,
            reason = "the program stands as it was given"
        )]
        mod $name {
            /// What its spec becomes.
            mod models {
                include!(concat!(env!("OUT_DIR"), "/usage/", $spec));
            }

            include!($program);

            #[test]
            fn the_program_runs_to_its_end() {
                main().unwrap();
            }
        }
    )+};
}

programs! {
    library: "library.rs", "library.rs";
    school: "school.rs", "school.rs";
    setlist: "setlist.rs", "setlist.rs";
}
