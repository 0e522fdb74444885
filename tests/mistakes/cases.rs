//! The mistakes of docs/mistakes.md: the words that relata points to, and the way out that it names.

/// A mistake: what holds of relata where the table says so.
pub struct Mistake {
    pub name: &'static str,
    /// The words that are underlined first, one for each problem, in the order of the text.
    pub words: &'static [&'static str],
    /// What the help says to write.
    pub says: &'static [&'static str],
    /// The spec with that written: what is replaced, and by what.
    pub edits: &'static [(&'static str, &'static str)],
}

/// In the order of the page.
pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "misspelt_key",
        words: &["uniqe"],
        says: &["`unique`"],
        edits: &[("uniqe", "unique")],
    },
    Mistake {
        name: "misspelt_type",
        words: &["strng"],
        says: &["`string`"],
        edits: &[("strng", "string")],
    },
    Mistake {
        name: "misspelt_entity",
        words: &["Auther"],
        says: &["`Author`"],
        edits: &[("Auther", "Author")],
    },
    Mistake {
        name: "same_column",
        words: &["name"],
        says: &["keep one of the two"],
        edits: &[("      name: text\n", "")],
    },
    Mistake {
        name: "missing_other_side",
        words: &["author"],
        says: &["`relationships: { author: { target: Author, back_populates: books } }`"],
        edits: &[(
            "{ references: Author }\n",
            "{ references: Author }\n    relationships: { author: { target: Author, back_populates: books } }\n",
        )],
    },
    Mistake {
        name: "mismatched_sides",
        words: &["author"],
        says: &["`foreign_key: author_id` at `Book.author`"],
        edits: &[("foreign_key: editor_id", "foreign_key: author_id")],
    },
    Mistake {
        name: "which_foreign_key",
        words: &["author", "editor"],
        says: &["`foreign_key: author_id`", "`foreign_key: editor_id`"],
        edits: &[
            (
                "author: { target: Author }",
                "author: { target: Author, foreign_key: author_id }",
            ),
            (
                "editor: { target: Author }",
                "editor: { target: Author, foreign_key: editor_id }",
            ),
        ],
    },
    Mistake {
        name: "missing_foreign_key",
        words: &["Author"],
        says: &["the column `author_id: { references: Author }` to `Book`"],
        edits: &[(
            "    relationships:\n",
            "      author_id: { references: Author }\n    relationships:\n",
        )],
    },
    Mistake {
        name: "missing_primary_key",
        words: &["Author"],
        says: &["`id: { type: integer, primary_key: true }`"],
        edits: &[("id:   integer", "id: { type: integer, primary_key: true }")],
    },
    Mistake {
        name: "type_across_a_key",
        words: &["string"],
        says: &["leave out the type"],
        edits: &[("type: string, ", "")],
    },
    Mistake {
        name: "reference_to_no_key",
        words: &["Author.name"],
        says: &["`unique: true`"],
        edits: &[("name: string", "name: { type: string, unique: true }")],
    },
    Mistake {
        name: "default_of_wrong_type",
        words: &["many"],
        says: &["a whole number"],
        edits: &[("many", "0")],
    },
    Mistake {
        name: "default_of_an_enum",
        words: &["noval"],
        says: &["`novel`"],
        edits: &[("noval", "novel")],
    },
    Mistake {
        name: "invalid_name",
        words: &["first-name"],
        says: &["`first_name`"],
        edits: &[("first-name", "first_name")],
    },
    Mistake {
        name: "secondary_with_one_end",
        words: &["enrolment"],
        says: &["`course_id: { references: Course }`"],
        edits: &[(
            "{ references: Student }\n",
            "{ references: Student }\n      course_id: { references: Course }\n",
        )],
    },
    Mistake {
        name: "misspelt_action",
        words: &["cascad"],
        says: &["`cascade`"],
        edits: &[("cascad", "cascade")],
    },
    Mistake {
        name: "bracket_not_closed",
        words: &["{"],
        says: &["`{ type: string, unique: true }`"],
        edits: &[(
            "{ type: string, unique: true",
            "{ type: string, unique: true }",
        )],
    },
    Mistake {
        name: "relation_to_itself",
        words: &["parent", "children"],
        says: &["`kind: many_to_one`,", "`kind: one_to_many`,"],
        edits: &[
            (
                "back_populates: children",
                "kind: many_to_one, back_populates: children",
            ),
            (
                "back_populates: parent",
                "kind: one_to_many, back_populates: parent",
            ),
        ],
    },
    Mistake {
        name: "index_over_no_column",
        words: &["titel"],
        says: &["`title`"],
        edits: &[("titel", "title")],
    },
    Mistake {
        name: "several",
        words: &[
            "strng", "uniqe", "nam", "Book", "many", "noval", "Auther", "cascad",
        ],
        says: &[
            "`string`",
            "`unique`",
            "`name`",
            "`id: { type: integer, primary_key: true }`",
            "a whole number",
            "`novel`",
            "`Author`",
            "`cascade`",
        ],
        edits: &[
            ("strng", "string"),
            ("uniqe", "unique"),
            ("[nam]", "[name]"),
            (
                "      title: ",
                "      id: { type: integer, primary_key: true }\n      title: ",
            ),
            ("many", "0"),
            ("noval", "novel"),
            ("Auther", "Author"),
            ("cascad ", "cascade "),
        ],
    },
];
