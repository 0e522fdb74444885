//! The table of all diagnostics. A new one is a line here, what it means in `codes/`, its cause in the stage that finds
//! it, and a spec under `tests/invalid`.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Probably a mistake; generation goes on.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+) => {
        /// A kind of problem. The text form (`E0103`) is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The stable text form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $code,)+
                }
            }

            /// What it means and how to get out, with a wrong and a right spec, in Markdown.
            #[cfg(feature = "cli")]
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Code::$name => include_str!(concat!("codes/", $code, ".md")),)+
                }
            }
        }
    };
}

codes! {
    // Reading: the text and its YAML.
    /// A spec could not be read.
    Unreadable = "E0001",
    /// A spec is larger than the limit.
    TooLarge = "E0002",
    /// The text is not YAML.
    Syntax = "E0003",
    /// A second YAML document follows.
    SecondDocument = "E0004",
    /// A mapping has the same key twice.
    DuplicateKey = "E0005",
    /// A merge key (`<<`).
    MergeKey = "E0006",
    /// The nesting is deeper than the limit.
    TooDeep = "E0007",
    /// Aliases or mixins make the spec grow beyond the limit.
    Growth = "E0008",
    /// The two YAML readers do not read the same.
    ReadersDisagree = "E0009",
    /// A key that the spec language does not have here.
    UnknownKey = "E0010",
    /// A value of another form than its key takes.
    WrongForm = "E0011",
    /// A key that must be there is missing.
    MissingKey = "E0012",
    /// A part of the spec language that this release does not have yet.
    NotSupportedYet = "E0013",
    /// Files that include one another in a circle.
    CircularInclude = "E0014",

    // Names.
    /// A name that is no ASCII identifier, or too long.
    InvalidName = "E0101",
    /// A name that Rust cannot take even as a raw identifier.
    NeedsRustName = "E0102",
    /// Two things that would get the same name.
    NameCollision = "E0103",
    /// A database name with control characters, or empty.
    InvalidDatabaseName = "E0104",

    // Columns and keys.
    /// A column type that does not exist.
    UnknownType = "E0201",
    /// An entity that does not exist.
    UnknownEntity = "E0202",
    /// A column that does not exist.
    UnknownColumn = "E0203",
    /// A secondary that does not exist.
    UnknownSecondary = "E0204",
    /// An entity without a primary key.
    NoPrimaryKey = "E0205",
    /// A referencing column of another type than the referenced one.
    TypeMismatch = "E0206",
    /// A reference to columns that are no key.
    NotAKey = "E0207",
    /// A default, or another value of the spec, that does not fit its column.
    InvalidDefault = "E0208",
    /// Keys of a column or key that contradict each other.
    Contradiction = "E0209",
    /// The argument of a type is missing, superfluous or out of range.
    InvalidTypeArgument = "E0210",
    /// A column whose type can never be found out.
    CircularType = "E0211",
    /// A foreign key with another number of columns than the key it refers to, or a key with too many.
    ColumnCount = "E0212",
    /// An action that its columns cannot do.
    InvalidAction = "E0213",
    /// A key or index that lists the same column twice, or the same key given twice.
    Repeated = "E0214",
    /// A dialect that was asked for lacks this.
    DialectLacks = "E0215",
    /// A column without a type.
    NoType = "E0216",
    /// A mixin that does not exist.
    UnknownMixin = "E0217",

    // Relationships.
    /// A secondary table without two ends.
    SecondaryEnds = "E0301",
    /// A secondary whose ends do not fit the relationship.
    EndsDoNotFit = "E0302",
    /// A back-population that the other side does not answer.
    OneSidedBackPopulation = "E0303",
    /// A back-population of relationships that do not mirror each other.
    MismatchedBackPopulation = "E0304",
    /// Two relationships that write the same rows without back-population.
    UnpairedWriters = "E0305",
    /// Several foreign keys fit a relationship.
    AmbiguousForeignKey = "E0306",
    /// No foreign key fits a relationship.
    MissingForeignKey = "E0307",
    /// A `kind` that differs from the derived one.
    KindMismatch = "E0308",
    /// A relationship that does not exist.
    UnknownRelationship = "E0309",

    /// Circular NOT NULL foreign keys.
    CircularForeignKeys = "W0201",
    /// Fewer examples of a key than tests want rows.
    FewExamples = "W0202",
    /// One SQL text for several dialects that do not read it alike.
    OneText = "W0203",
    /// A secondary that no relationship uses.
    UnusedSecondary = "W0301",
}

impl Code {
    /// The code that `word` is, in capital or small letters.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let mut codes = Self::ALL.iter();
        codes
            .find(|code| code.as_str().eq_ignore_ascii_case(word))
            .copied()
    }

    /// What is wrong, in a few words: the heading of its explanation.
    #[cfg(feature = "cli")]
    #[must_use]
    pub fn title(self) -> &'static str {
        let heading = self.explanation().lines().next().unwrap_or_default();
        heading.split_once(": ").map_or("", |(_, title)| title)
    }

    /// Errors begin with `E`, warnings with `W`.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self.as_str().as_bytes()[0] {
            b'W' => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
