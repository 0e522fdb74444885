/// The parameters as the driver takes them.
fn arguments(values: Vec<Value>) -> Result<Arguments> {
    use sqlx::Arguments as _;

    let mut arguments = Arguments::default();
    for value in values {
        let added = match value {
            // Beside a number, which a NULL of that type would be, MariaDB would read texts as such.
            Value::Null => arguments.add(None::<String>),
            Value::Integer(number) => arguments.add(number),
            Value::Real(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Blob(bytes) => arguments.add(bytes),
        };
        added.map_err(DriverError::Encode)?;
    }
    Ok(arguments)
}
