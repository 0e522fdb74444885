/// What the server tells of an error, whatever its language is (appendix A and chapter 54.8 of the manual).
struct Facts {
    code: String,
    table: Option<String>,
    column: Option<String>,
    constraint: Option<String>,
    detail: Option<String>,
}

impl Facts {
    /// The error, sorted by its code.
    fn sorted(self, source: DriverError) -> Error {
        let Self {
            code,
            table,
            column,
            constraint,
            detail,
        } = self;
        let of_table = |column: String| match &table {
            Some(table) => format!("{table}.{column}"),
            None => column,
        };
        match &*code {
            "23505" => Error::UniqueViolation {
                columns: detail
                    .as_deref()
                    .map(|detail| columns_of_key(detail).into_iter().map(of_table).collect())
                    .unwrap_or_default(),
                constraint,
                source,
            },
            // RESTRICT has a code of its own from PostgreSQL 18 on.
            "23503" | "23001" => Error::ForeignKeyViolation { constraint, source },
            "23514" => Error::CheckViolation { constraint, source },
            "23502" => Error::NotNullViolation {
                column: column.map(of_table),
                source,
            },
            // No serial order of the transactions; a deadlock.
            "40001" | "40P01" => Error::Conflict { source },
            // A lock that was not to be had, within the time that is set.
            "55P03" => Error::Busy { source },
            _ => Error::Database(source),
        }
    }
}

/// The columns of a key that a row has already: `Key (id, "Name")=(1, x) already exists.`, in any language.
fn columns_of_key(detail: &str) -> Vec<String> {
    let Some((list, _)) = detail.split_once(")=(") else {
        return Vec::new();
    };
    let Some((_, list)) = list.split_once('(') else {
        return Vec::new();
    };
    let mut columns = vec![String::new()];
    let (mut quoted, mut depth) = (false, 0_usize);
    for c in list.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                columns.push(String::new());
                continue;
            }
            // Behind a comma.
            ' ' if !quoted && columns.last().is_some_and(String::is_empty) => continue,
            _ => {}
        }
        if let Some(column) = columns.last_mut() {
            column.push(c);
        }
    }
    columns.iter().map(|column| plain_name(column)).collect()
}

/// A name without its quotes.
fn plain_name(name: &str) -> String {
    let inner = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    inner.map_or_else(|| name.to_owned(), |inner| inner.replace("\"\"", "\""))
}
