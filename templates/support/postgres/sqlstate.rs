/// What the server tells of an error beside its code.
#[derive(Default)]
struct Told {
    table: Option<String>,
    column: Option<String>,
    constraint: Option<String>,
    detail: Option<String>,
}

impl Told {
    /// The columns of a key, each as `table.column`: the server writes `Key (a, b)=(1, 2) already exists.`.
    fn columns(&self) -> Vec<String> {
        let (Some(table), Some(detail)) = (&self.table, &self.detail) else {
            return Vec::new();
        };
        let columns = detail
            .split_once('(')
            .and_then(|(_, rest)| rest.split_once(")=("));
        columns.map_or_else(Vec::new, |(columns, _)| {
            let columns = columns.split(", ");
            columns
                .map(|column| format!("{table}.{}", column.trim_matches('"')))
                .collect()
        })
    }
}

/// Sorts an error by its SQLSTATE (appendix A of the manual).
fn of_sqlstate(code: &str, told: Told, source: DriverError) -> Error {
    match code {
        "23505" => Error::UniqueViolation {
            columns: told.columns(),
            constraint: told.constraint,
            source,
        },
        // 23001 is what ON DELETE RESTRICT gives from version 18 on.
        "23503" | "23001" => Error::ForeignKeyViolation {
            constraint: told.constraint,
            source,
        },
        "23514" => Error::CheckViolation {
            constraint: told.constraint,
            source,
        },
        // A text that is too long for its column: what other databases have a check for.
        "22001" => Error::CheckViolation {
            constraint: None,
            source,
        },
        "23502" => Error::NotNullViolation {
            column: match (told.table, told.column) {
                (Some(table), Some(column)) => Some(format!("{table}.{column}")),
                (_, column) => column,
            },
            source,
        },
        // Serialization failure, deadlock.
        "40001" | "40P01" => Error::Conflict { source },
        // A lock was not to be had in time.
        "55P03" => Error::Busy { source },
        _ => Error::Database(source),
    }
}
