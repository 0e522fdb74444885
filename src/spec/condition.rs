//! Reading conditions: what columns hold, each on its own.

use indexmap::IndexMap;

use super::at::At;
use super::kinds::HELD;
use super::mistake::Wanted;
use super::read::Reader;
use super::tree::{self, Node};
use super::{Held, Value};

impl Reader<'_> {
    /// A mapping of columns to what they hold.
    pub(super) fn condition(&mut self, node: &Node<'_>, at: &At<'_>) -> IndexMap<String, Held> {
        self.named(Some(node), at, &HELD, Self::held)
    }

    fn held(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Held> {
        let value = match &node.value {
            // Where nothing is written, `null` is not meant for sure.
            tree::Value::Null if !node.raw.is_empty() => return Some(Held::Null),
            tree::Value::Bool(value) => Value::Boolean(*value),
            tree::Value::Integer(value) => Value::Integer(*value),
            tree::Value::Float(value) => Value::Float(*value),
            tree::Value::Text => Value::Text(node.raw.to_owned()),
            _ => {
                let wanted = Wanted::Example("a literal or `null`", HELD.example);
                self.wrong(node, at, wanted);
                return None;
            }
        };
        Some(Held::Literal(value))
    }
}
