/// Takes the parameters of a statement, one after another. There is a method for each storage class, so that a value goes
/// from its field to the driver in registers: an enum is copied from hand to hand, which takes longer than all else here.
trait Sink {
    fn null(&mut self) -> Result<()>;
    fn integer(&mut self, number: i64) -> Result<()>;
    fn real(&mut self, number: f64) -> Result<()>;
    fn text(&mut self, text: &[u8]) -> Result<()>;
    fn blob(&mut self, bytes: &[u8]) -> Result<()>;
}

#[allow(
    clippy::inline_always,
    reason = "what is inlined folds to a call where it stands, and to copies where it does not"
)]
impl Params<'_> {
    fn null(&mut self) {
        self.stored(ValueRef::Null);
    }

    /// A value in its stored form.
    #[inline(always)]
    fn stored(&mut self, value: ValueRef<'_>) {
        if self.failed.is_some() {
            return;
        }
        let pushed = match value {
            ValueRef::Null => self.sink.null(),
            ValueRef::Integer(number) => self.sink.integer(number),
            ValueRef::Real(number) => self.sink.real(number),
            ValueRef::Text(text) => self.sink.text(text),
            ValueRef::Blob(bytes) => self.sink.blob(bytes),
        };
        if let Err(error) = pushed {
            self.fail(error);
        }
    }

    fn flag(&mut self, flag: bool) {
        self.number(flag.into());
    }

    fn number(&mut self, number: i64) {
        self.stored(ValueRef::Integer(number));
    }

    fn list(&mut self, list: &List) {
        self.stored(ValueRef::Text(list.as_bytes()));
    }

    fn held(&mut self, value: &Held) {
        self.stored(value.stored());
    }

    fn kept(&mut self, value: &Value) {
        self.stored(value.into());
    }
}

impl Sink for Vec<Value> {
    fn null(&mut self) -> Result<()> {
        self.push(Value::Null);
        Ok(())
    }

    fn integer(&mut self, number: i64) -> Result<()> {
        self.push(Value::Integer(number));
        Ok(())
    }

    fn real(&mut self, number: f64) -> Result<()> {
        self.push(Value::Real(number));
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> Result<()> {
        self.push(Value::Text(utf8(text)?.to_owned()));
        Ok(())
    }

    fn blob(&mut self, bytes: &[u8]) -> Result<()> {
        self.push(Value::Blob(bytes.to_owned()));
        Ok(())
    }
}
