/// The value at `place` of a row. Decimals are texts; moments are the bytes in which they come.
fn stored_at(row: &Row<'_>, place: usize) -> Result<ValueRef<'_>> {
    let value = row.try_get_raw(place)?;
    if value.is_null() {
        return Ok(ValueRef::Null);
    }
    let of = value.type_info().into_owned();
    Ok(match of.name() {
        "BOOLEAN" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" => {
            ValueRef::Integer(decoded(value)?)
        }
        "TINYINT UNSIGNED" | "SMALLINT UNSIGNED" | "MEDIUMINT UNSIGNED" | "INT UNSIGNED"
        | "BIGINT UNSIGNED" | "YEAR" => {
            let number: u64 = decoded(value)?;
            let number = i64::try_from(number);
            ValueRef::Integer(number.map_err(|error| DriverError::Decode(error.into()))?)
        }
        "FLOAT" => ValueRef::Real(decoded::<f32>(value)?.into()),
        "DOUBLE" => ValueRef::Real(decoded(value)?),
        "CHAR" | "VARCHAR" | "TINYTEXT" | "TEXT" | "MEDIUMTEXT" | "LONGTEXT" | "ENUM" | "SET"
        | "DECIMAL" => ValueRef::Text(decoded(value)?),
        // A text that is compared byte by byte has the type of bytes, but not their collation.
        _ if <str as sqlx::Type<Driver>>::compatible(&of) => ValueRef::Text(decoded(value)?),
        _ => ValueRef::Blob(decoded(value)?),
    })
}

fn decoded<'r, T: sqlx::Decode<'r, Driver>>(value: sqlx::mysql::MySqlValueRef<'r>) -> Result<T> {
    T::decode(value).map_err(|error| DriverError::Decode(error).into())
}

/// A statement with its parameters: a `?` for each number, and the values in the order of the text. The driver prepares each
/// text once for a connection.
#[allow(
    clippy::unused_async,
    reason = "the drivers of other databases ask them for types"
)]
async fn prepared(_conn: &mut Connection, sql: &str, values: Vec<Value>) -> Result<Prepared> {
    let (sql, values) = in_order(sql, &values)?;
    let is_kept = !depends_on_first_run(&sql);
    let statement = sqlx::query_with(sqlx::AssertSqlSafe(sql), arguments(values)?);
    Ok(statement.persistent(is_kept))
}

/// Whether MariaDB may run a prepared statement by what it made of the parameters of the first run: where a column equals one of
/// them and is asked about again further inside, branches go by that, and columns that those which are left make constant stay out
/// of the order for good.
fn depends_on_first_run(sql: &str) -> bool {
    let (mut equal, mut asked) = (Vec::new(), Vec::new());
    let (mut depth, mut has_order) = (0, false);
    let mut rest = sql;
    while let Some(length) = Some(word_length(rest)).filter(|length| *length > 0) {
        let (word, behind) = rest.split_at(length);
        match word {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {
                let name = word.trim_matches('`');
                has_order |= word.eq_ignore_ascii_case("ORDER");
                if is_equal_to_parameter(behind) {
                    equal.push((depth, name));
                }
                asked.push((depth, name));
            }
        }
        rest = behind;
    }
    let is_deeper = |(depth, name): &(i32, &str)| {
        asked
            .iter()
            .any(|(at, other)| at > depth && other.eq_ignore_ascii_case(name))
    };
    has_order && equal.iter().any(is_deeper)
}

/// The length of the name, literal or comment that `text` begins with, or of its first character.
fn word_length(text: &str) -> usize {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    match text.find(|c| !is_of_name(c)).unwrap_or(text.len()) {
        0 => token_length("", text),
        length => length,
    }
}

/// Whether what is behind a column says that it equals a parameter.
fn is_equal_to_parameter(behind: &str) -> bool {
    let equal = behind.trim_start().strip_prefix('=');
    equal.is_some_and(|behind| behind.trim_start().starts_with('?'))
}

/// The text with `?` for `?1` and so on, and the value of each. A `?` without a number is the next one.
fn in_order(text: &str, values: &[Value]) -> Result<(String, Vec<Value>)> {
    let mut sql = String::with_capacity(text.len());
    let mut ordered = Vec::with_capacity(values.len());
    let mut rest = text;
    let mut next = 0;
    while let Some(at) = rest.find(['?', '\'', '"', '`', '-', '/', '#']) {
        let (plain, special) = rest.split_at(at);
        sql.push_str(plain);
        let Some(behind) = special.strip_prefix('?') else {
            let (token, behind) = special.split_at(token_length("", special));
            sql.push_str(token);
            rest = behind;
            continue;
        };
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = behind.split_at(digits);
        let place = match digits {
            "" => next,
            digits => digits.parse::<usize>().unwrap_or(0).wrapping_sub(1),
        };
        next = place.wrapping_add(1);
        let value = values.get(place);
        ordered.push(
            value
                .ok_or_else(|| wrong_count(values.len(), next as u64))?
                .clone(),
        );
        sql.push('?');
        rest = behind;
    }
    sql.push_str(rest);
    Ok((sql, ordered))
}

/// The first of the statements that a text is made of, and the others.
fn split_statement(text: &str) -> (&str, Option<&str>) {
    let mut at = 0;
    while let Some(found) = text[at..].find([';', '\'', '"', '`', '-', '/', '#']) {
        at += found;
        let rest = &text[at..];
        if let Some(behind) = rest.strip_prefix(";\n") {
            return (&text[..at], Some(behind));
        }
        at += token_length("", rest);
    }
    (text, None)
}
