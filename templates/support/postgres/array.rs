/// A list of values of one type, in the form of PostgreSQL's arrays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Array {
    /// The type of the items; not told while there is none but NULL.
    item: u32,
    count: i32,
    nulls: bool,
    /// Each item behind its length.
    items: Vec<u8>,
}

impl Array {
    fn push(&mut self, value: &Written<'_>) -> Result<(), Mismatch> {
        let item = match value {
            Written::Null => Oid::UNTOLD,
            // Wherever a list of them is a parameter, the statement makes enums of texts.
            Written::Label(_) => Oid::TEXT,
            Written::Array(_) => return Err("a list has no lists".into()),
            value => value.oid(),
        };
        if self.item == Oid::UNTOLD {
            self.item = item;
        } else if item != Oid::UNTOLD && item != self.item {
            let (first, other) = (Oid::name(self.item), Oid::name(item));
            return Err(format!("a list of {first} has no {other}").into());
        }
        self.count = self.count.checked_add(1).ok_or("the list is too long")?;
        if *value == Written::Null {
            self.nulls = true;
            self.items.extend_from_slice(&(-1_i32).to_be_bytes());
            return Ok(());
        }
        let start = self.items.len();
        self.items.extend_from_slice(&[0; 4]);
        value.encode(&mut self.items);
        let length = i32::try_from(self.items.len() - start - 4)?;
        self.items[start..start + 4].copy_from_slice(&length.to_be_bytes());
        Ok(())
    }

    /// Appends an item as the server has sent it, which is of the type of the others and not NULL.
    fn push_stored(&mut self, stored: ValueRef<'_>) {
        let bytes = stored.bytes.unwrap_or_default();
        let Ok(length) = i32::try_from(bytes.len()) else {
            return;
        };
        self.item = stored.oid;
        self.count += 1;
        self.items.extend_from_slice(&length.to_be_bytes());
        self.items.extend_from_slice(bytes);
    }

    /// The format but for the items themselves, which come behind it: the number of dimensions, whether there are NULLs, the
    /// type of the items, the length and the first index of each dimension.
    fn head(&self, item: u32) -> Vec<u8> {
        let mut head = Vec::with_capacity(20);
        head.extend_from_slice(&i32::from(self.count > 0).to_be_bytes());
        head.extend_from_slice(&i32::from(self.nulls).to_be_bytes());
        head.extend_from_slice(&item.to_be_bytes());
        if self.count > 0 {
            head.extend_from_slice(&self.count.to_be_bytes());
            head.extend_from_slice(&1_i32.to_be_bytes());
        }
        head
    }

    fn encode(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.head(self.item));
        to.extend_from_slice(&self.items);
    }

    /// The items of a stored list.
    fn decode(stored: ValueRef<'_>) -> Result<Items<'_>, Mismatch> {
        let bytes = stored.not_null()?;
        if stored.oid < Oid::FIRST_OWN && Oid::item_of(stored.oid) == Oid::UNTOLD {
            return Err(format!(
                "it is stored as {}, and not as a list",
                Oid::name(stored.oid)
            )
            .into());
        }
        let mut items = Items {
            stored,
            item: Oid::UNTOLD,
            count: 0,
            rest: bytes,
        };
        let dimensions = items.number()?;
        items.number()?;
        items.item = items.number()?.cast_unsigned();
        match dimensions {
            0 => {}
            1 => {
                items.count = usize::try_from(items.number()?).map_err(|_| stored.damaged())?;
                items.number()?;
            }
            _ => return Err(format!("the list has {dimensions} dimensions").into()),
        }
        Ok(items)
    }
}

/// What is still to be read of a list.
struct Items<'a> {
    stored: ValueRef<'a>,
    item: u32,
    count: usize,
    rest: &'a [u8],
}

impl<'a> Items<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Mismatch> {
        let split = self.rest.split_at_checked(length);
        let (taken, rest) = split.ok_or_else(|| self.stored.damaged())?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<i32, Mismatch> {
        let bytes = self.take(4)?;
        Ok(i32::from_be_bytes(self.stored.fixed(bytes)?))
    }

    fn next(&mut self) -> Result<Option<ValueRef<'a>>, Mismatch> {
        if self.count == 0 {
            return Ok(None);
        }
        self.count -= 1;
        let bytes = match usize::try_from(self.number()?) {
            Ok(length) => Some(self.take(length)?),
            Err(_) => None,
        };
        Ok(Some(ValueRef {
            oid: self.item,
            bytes,
        }))
    }
}

/// A list is stored as an array of one dimension, without NULL.
#[diagnostic::do_not_recommend]
impl<K: ColumnType> ColumnType for Vec<K> {
    type Value = Vec<K::Value>;
    type Base = Self;
    type Operand = [K::Value];

    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        let mut items = Array::decode(stored)?;
        let mut list = Vec::new();
        while let Some(item) = items.next()? {
            let place = list.len() + 1;
            list.push(K::read(item).map_err(|source| format!("item {place}: {source}"))?);
        }
        Ok(list)
    }

    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        written_list(value, K::write)
    }

    fn operand(value: &[K::Value]) -> Result<Written<'_>, Mismatch> {
        written_list(value, K::write)
    }
}

fn written_list<V>(
    values: &[V],
    write: impl Fn(&V) -> Result<Written<'_>, Mismatch>,
) -> Result<Written<'_>, Mismatch> {
    let mut list = Array::default();
    for (place, value) in values.iter().enumerate() {
        let pushed = write(value).and_then(|item| list.push(&item));
        pushed.map_err(|source| format!("item {}: {source}", place + 1))?;
    }
    Ok(Written::Array(std::borrow::Cow::Owned(list)))
}

#[diagnostic::do_not_recommend]
impl<K: ColumnType> Settable for Vec<K> {}
