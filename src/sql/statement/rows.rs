//! Parameters that are columns of values: what a statement for one row becomes when it is to take many.

use crate::model::Type;
use crate::sql::Stands;

use super::Writer;

/// What generated SQL calls the rows.
const ROWS: &str = "relata_rows";

/// The parameters of a statement for one row, as the columns of many.
#[derive(Default)]
pub(super) struct Rows<'m> {
    types: Vec<&'m Type>,
}

impl<'m> Rows<'m> {
    /// What stands for each parameter in turn.
    pub(super) fn columns(&mut self) -> impl FnMut(Stands<'m>) -> String {
        |stands| {
            self.types.push(match stands {
                Stands::Beside(ty) | Stands::Alone(ty) | Stands::Compared(ty) => ty,
                Stands::Flag => &Type::Boolean,
                Stands::Count => &Type::BigInt,
            });
            format!(r#""{ROWS}"."p{}""#, self.types.len())
        }
    }

    /// ` FROM … ORDER BY …`: the rows in their order. `None` where the dialect has no such thing, where there are no
    /// columns, and where one holds arrays, which would be taken for a longer column.
    pub(super) fn source(&self, w: &Writer) -> Option<String> {
        let is_list = |ty: &&Type| matches!(ty.base(), Type::List(_));
        if !w.grammar.unnests() || self.types.is_empty() || self.types.iter().any(is_list) {
            return None;
        }
        let types = self.types.iter().zip(1..);
        let arrays: Vec<String> = types
            .map(|(ty, number)| w.grammar.key_parameter(number, &[*ty]))
            .collect();
        let names = 1..=self.types.len();
        let names: Vec<String> = names.map(|number| format!(r#""p{number}""#)).collect();
        Some(format!(
            r#"FROM unnest({}) WITH ORDINALITY AS "{ROWS}" ({}, "place") ORDER BY "{ROWS}"."place""#,
            arrays.join(", "),
            names.join(", ")
        ))
    }
}
