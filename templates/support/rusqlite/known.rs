impl<T: Table> Selection<T> {
    /// Every row.
    fn all(&mut self, conn: &Connection) -> Result<Vec<T>> {
        self.run(|sql, put| select(conn, sql, put))
    }

    /// Gives every row to `take`.
    fn each(&mut self, conn: &Connection, take: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        self.run(|sql, put| each(conn, sql, put, take))
    }

    /// Gives `read` the statement that reads the rows.
    fn run<R>(&mut self, read: impl FnOnce(&str, &Put<'_>) -> Result<R>) -> Result<R> {
        let (known, text, one, all);
        let (sql, put): (&str, &Put<'_>) = if let Some((sql, value)) = self.known() {
            known = sql;
            one = |to: &mut Params<'_>| to.held(value);
            (&*known, &one)
        } else {
            text = self.select()?;
            all = |to: &mut Params<'_>| self.put(&text.params, to);
            (&*text.sql, &all)
        };
        read(sql, put)
    }

    /// The first row. The operand of a look-up goes to the driver by the shortest way.
    #[inline]
    fn first(&mut self, conn: &Connection) -> Result<Option<T>> {
        let Some((sql, value)) = self.known() else {
            return self.run(|sql, put| select_first(conn, sql, put));
        };
        let mut statement = Statement(prepared(conn, &sql)?);
        statement.bind_one(value.stored())?;
        statement.first(|row| T::read(&Reader::new(row)))
    }

    /// The text and the operand, when the selection is one comparison and nothing else.
    #[inline]
    fn known(&self) -> Option<(std::rc::Rc<str>, &Held)> {
        let (Some(Filter { node: Ok(node), .. }), None) = (&self.filter, &self.more) else {
            return None;
        };
        match node {
            Node::Compare {
                column,
                operator,
                value,
            } => Some((known_text(T::SELECT, T::TABLE, column, operator), value)),
            _ => None,
        }
    }
}

/// How many texts a thread keeps.
const KNOWN: usize = 32;

/// A text that is kept, with what it was made of.
struct Known {
    head: &'static str,
    column: &'static str,
    operator: &'static &'static str,
    sql: std::rc::Rc<str>,
}

thread_local! {
    /// Texts of queries that are one comparison, which most look-ups of an application are: to write one anew costs as
    /// much as a tenth of the look-up. Each has the place that the addresses of its constants give, until another comes there.
    static TEXTS: std::cell::RefCell<[Option<Known>; KNOWN]> =
        const { std::cell::RefCell::new([const { None }; KNOWN]) };
}

/// The text of a query that is one comparison.
fn known_text(
    head: &'static str,
    table: &str,
    column: &'static str,
    operator: &'static &'static str,
) -> std::rc::Rc<str> {
    let addresses = [
        head.as_ptr().addr(),
        column.as_ptr().addr(),
        std::ptr::from_ref(operator).addr() >> 3,
    ];
    let place = addresses.iter().fold(0, |mixed, address| mixed ^ address) % KNOWN;
    let kept = TEXTS.try_with(|texts| {
        let texts = texts.borrow();
        let known = texts[place].as_ref()?;
        // All are constants, so where they are tells which they are.
        let same = std::ptr::eq(known.head, head)
            && std::ptr::eq(known.column, column)
            && std::ptr::eq(known.operator, operator);
        same.then(|| known.sql.clone())
    });
    match kept {
        Ok(Some(sql)) => sql,
        _ => keep_text(place, head, table, column, operator),
    }
}

/// Writes the text, and keeps it at `place`.
#[cold]
fn keep_text(
    place: usize,
    head: &'static str,
    table: &str,
    column: &'static str,
    operator: &'static &'static str,
) -> std::rc::Rc<str> {
    let mut text = Text::new(head);
    text.sql.push_str(" WHERE ");
    text.comparison(table, column, operator);
    let sql = std::rc::Rc::<str>::from(text.sql);
    let known = Known {
        head,
        column,
        operator,
        sql: sql.clone(),
    };
    // A thread that is at its end keeps nothing.
    let _ = TEXTS.try_with(|texts| texts.borrow_mut()[place] = Some(known));
    sql
}
