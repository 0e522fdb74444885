//! Models made by hand, for tests of what comes after `resolve`.

use super::{
    Action, Check, Column, Computed, Default, Entity, EntityId, EntityNames, Examples, Extras,
    ForeignKey, Index, Key, Literal, Model, Secondary, Sql, Table, Type,
};

/// A NOT NULL column without a default.
pub(crate) fn column(name: &str, ty: Type) -> Column {
    Column {
        name: name.to_owned(),
        field: name.to_owned(),
        constant: name.to_uppercase(),
        ty,
        nullable: false,
        default: None,
        auto_increment: false,
        version: false,
        touched: false,
        computed: None,
        private: false,
        examples: Examples::default(),
        doc: None,
    }
}

/// A nullable column.
pub(crate) fn nullable(name: &str, ty: Type) -> Column {
    Column {
        nullable: true,
        ..column(name, ty)
    }
}

/// A NOT NULL column with a default.
pub(crate) fn with_default(name: &str, ty: Type, default: Default) -> Column {
    Column {
        default: Some(default),
        ..column(name, ty)
    }
}

/// A `revision` that counts the writes to a row.
pub(crate) fn revision() -> Column {
    Column {
        version: true,
        ..with_default(
            "revision",
            Type::Integer,
            Default::Literal(Literal::Integer(1)),
        )
    }
}

/// The same column, taking the moment of every write.
pub(crate) fn touched(column: Column) -> Column {
    Column {
        touched: true,
        ..column
    }
}

/// The same column, kept as the database computes it.
pub(crate) fn computed(column: Column, text: &str) -> Column {
    Column {
        computed: Some(Computed {
            sql: sql(text),
            stored: true,
        }),
        ..column
    }
}

/// An auto-increment `id`.
pub(crate) fn id() -> Column {
    Column {
        auto_increment: true,
        ..column("id", Type::Integer)
    }
}

/// The same SQL for all dialects.
pub(crate) fn sql(text: &str) -> Sql {
    Sql::All(text.to_owned())
}

/// A table; its first column is the primary key.
pub(crate) fn table(name: &str, columns: Vec<Column>) -> Table {
    Table {
        name: name.to_owned(),
        doc: None,
        columns,
        primary_key: Key {
            name: format!("pk_{name}"),
            columns: vec![0],
        },
        uniques: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        lower_first: None,
    }
}

impl Table {
    /// Gives the columns at `columns` to the primary key.
    pub(crate) fn keyed(mut self, columns: &[usize]) -> Self {
        self.primary_key.columns = columns.to_vec();
        self
    }

    /// Adds a unique key over one column.
    pub(crate) fn unique(mut self, column: usize) -> Self {
        self.uniques.push(Key {
            name: format!("uq_{}_{}", self.name, self.columns[column].name),
            columns: vec![column],
        });
        self
    }

    /// Adds an index.
    pub(crate) fn index(mut self, columns: &[usize], condition: Option<&str>) -> Self {
        let names: Vec<&str> = columns
            .iter()
            .map(|c| self.columns[*c].name.as_str())
            .collect();
        self.indexes.push(Index {
            name: format!("ix_{}_{}", self.name, names.join("_")),
            columns: columns.to_vec(),
            unique: condition.is_some(),
            condition: condition.map(sql),
        });
        self
    }

    /// Adds a check.
    pub(crate) fn check(mut self, name: &str, text: &str) -> Self {
        self.checks.push(Check {
            name: name.to_owned(),
            sql: sql(text),
        });
        self
    }

    /// Adds a foreign key of one column to the first column of an entity.
    pub(crate) fn refers(mut self, column: usize, target: usize, on_delete: Action) -> Self {
        self.foreign_keys.push(ForeignKey {
            name: format!("fk_{}_{}", self.name, self.columns[column].name),
            columns: vec![column],
            target: EntityId(target),
            target_columns: vec![0],
            on_delete,
            on_update_key: Action::NoAction,
        });
        self
    }

    /// Says what it is.
    pub(crate) fn doc(mut self, doc: &str) -> Self {
        self.doc = Some(doc.to_owned());
        self
    }
}

/// An entity without relationships.
pub(crate) fn entity(name: &str, table: Table) -> Entity {
    Entity {
        name: name.to_owned(),
        rust: EntityNames {
            row: name.to_owned(),
            new: format!("New{name}"),
            patch: format!("{name}Patch"),
            module: name.to_lowercase(),
            file: name.to_lowercase(),
        },
        extras: Extras::default(),
        table,
        relationships: Vec::new(),
    }
}

/// A model of entities alone, called `E0`, `E1` ….
pub(crate) fn entities(tables: Vec<Table>) -> Model {
    let named = tables.into_iter().enumerate();
    Model {
        entities: named
            .map(|(place, table)| entity(&format!("E{place}"), table))
            .collect(),
        secondaries: Vec::new(),
        enums: Vec::new(),
        types: Vec::new(),
    }
}

/// Students and courses, as `specs/school.yaml` says, without the relationships.
pub(crate) fn school() -> Model {
    let link = table(
        "student_course",
        vec![
            column("student_id", Type::Integer),
            column("course_id", Type::Integer),
        ],
    )
    .keyed(&[0, 1])
    .refers(0, 0, Action::Cascade)
    .refers(1, 1, Action::Cascade)
    .index(&[1], None);
    Model {
        entities: vec![
            entity(
                "Student",
                table("students", vec![id(), column("name", Type::String(None))]),
            ),
            entity(
                "Course",
                table("courses", vec![id(), column("title", Type::String(None))]),
            ),
        ],
        secondaries: vec![Secondary {
            extras: Extras::default(),
            name: "student_course".to_owned(),
            rust: None,
            table: link,
            ends: [0, 1],
            multiple: false,
            symmetric: false,
        }],
        enums: Vec::new(),
        types: Vec::new(),
    }
}

/// One table with a column of every type, each named after its type.
pub(crate) fn all_types() -> Model {
    let decimal = Type::Decimal {
        precision: 18,
        scale: 2,
    };
    let columns = vec![
        id(),
        column("boolean", Type::Boolean),
        column("smallint", Type::SmallInt),
        column("integer", Type::Integer),
        column("bigint", Type::BigInt),
        column("float", Type::Float),
        column("double", Type::Double),
        column("decimal", decimal),
        column("string", Type::String(None)),
        column("string_n", Type::String(Some(5))),
        column("text", Type::Text),
        column("bytes", Type::Bytes(None)),
        column("bytes_n", Type::Bytes(Some(3))),
        column("uuid", Type::Uuid),
        column("date", Type::Date),
        column("time", Type::Time),
        column("datetime", Type::DateTime),
        column("timestamp", Type::Timestamp),
        column("json", Type::Json),
    ];
    entities(vec![table("things", columns)])
}
