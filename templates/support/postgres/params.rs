/// Takes the parameters of a statement, one after another.
trait Sink {
    fn take(&mut self, value: Written<'_>) -> Result<()>;
}

impl Params<'_> {
    fn null(&mut self) {
        self.written(null());
    }

    fn push(&mut self, column: &'static str, value: Result<Written<'_>, Mismatch>) {
        match value {
            Ok(value) => self.written(value),
            Err(source) => self.fail(Error::Encode { column, source }),
        }
    }

    fn written(&mut self, value: Written<'_>) {
        if self.failed.is_some() {
            return;
        }
        if let Err(error) = self.sink.take(value) {
            self.fail(error);
        }
    }

    fn flag(&mut self, flag: bool) {
        self.written(Written::Bool(flag));
    }

    fn number(&mut self, number: i64) {
        self.written(Written::Int8(number));
    }

    fn list(&mut self, list: &List) {
        self.kept(list);
    }

    fn held(&mut self, value: &Held) {
        self.kept(value);
    }

    fn kept(&mut self, value: &Value) {
        self.written(value.borrowed());
    }
}

impl Sink for Vec<Value> {
    fn take(&mut self, value: Written<'_>) -> Result<()> {
        self.push(value.into_value());
        Ok(())
    }
}

/// An operand of a condition, until the statement runs.
type Held = Value;

/// A written value as an operand that is held.
fn held(written: Written<'_>) -> Result<Held> {
    owned(written)
}

/// A text to compare with, which need not be a value of the column.
fn held_text(text: &str) -> Held {
    Written::Text(text.to_owned().into())
}
