//! Reading enums, which have two short forms and a long one.

use super::at::At;
use super::kinds::{ENUM, VARIANT, VARIANTS};
use super::mistake::Wanted;
use super::read::Reader;
use super::tree::{Node, Value};
use super::{Enum, Variant, Variants};
use crate::diagnostic::{Code, Diagnostic};

impl Reader<'_> {
    pub(super) fn enumeration(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Enum> {
        if !is_long(node) {
            return Some(Enum {
                variants: self.variants(node, at)?,
                short: true,
                ..Enum::default()
            });
        }
        let read = self.record::<Enum>(node, at, &ENUM)?;
        self.require(at, &ENUM, |key| read.has(key));
        let variants = read.nested("variants")?;
        Some(Enum {
            variants: self.variants(variants, &at.key("variants"))?,
            ..read.value
        })
    }

    fn variants(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Variants> {
        match &node.value {
            Value::List(items) => {
                let mut names = Vec::with_capacity(items.len());
                for (place, item) in items.iter().enumerate() {
                    names.extend(self.variant_name(item, &at.index(place)));
                }
                // The places of a list without all of its items would be wrong.
                (names.len() == items.len()).then_some(Variants::List(names))
            }
            Value::Map(_) | Value::Null => {
                let variants = self.named(Some(node), at, &VARIANTS, Self::variant);
                Some(Variants::Map(variants))
            }
            _ => {
                self.wrong(node, at, Wanted::Example(VARIANTS.what, VARIANTS.example));
                None
            }
        }
    }

    /// A name in a list; what YAML reads as something else is told with the way to store it.
    fn variant_name(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<String> {
        if node.value == Value::Text {
            return Some(node.raw.to_owned());
        }
        let number = matches!(
            node.value,
            Value::Integer(_) | Value::Float(_) | Value::Huge
        );
        if number {
            self.unread(at);
            let raw = node.raw;
            let message = format!("expected the name of a variant, found the number `{raw}`");
            let help = format!("quote it and give it a name: `{{ a_name: \"{raw}\" }}`");
            let place = at.path().at_value();
            self.push(Diagnostic::new(Code::WrongForm, place, message).help(help));
        } else {
            self.wrong(node, at, Wanted::Words("the name of a variant".to_owned()));
        }
        None
    }

    fn variant(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Variant> {
        match &node.value {
            Value::Text => Some(Variant {
                value: Some(node.raw.to_owned()),
                short: true,
                ..Variant::default()
            }),
            Value::Map(_) => Some(self.record::<Variant>(node, at, &VARIANT)?.value),
            _ => {
                self.wrong(node, at, Wanted::Words("a stored value".to_owned()));
                None
            }
        }
    }
}

/// The long form tells itself by a value that no stored one is: a variant may be called `variants` or `native`.
fn is_long(node: &Node<'_>) -> bool {
    let Value::Map(entries) = &node.value else {
        return false;
    };
    entries.iter().any(|(key, value)| match key.raw {
        "variants" => matches!(value.value, Value::List(_) | Value::Map(_)),
        "derives" | "attributes" => matches!(value.value, Value::List(_)),
        "native" => matches!(value.value, Value::Bool(_)),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::spec::{Enum, Variants, read};

    fn right(yaml: &str) -> Enum {
        let text = format!("enums: {{ E: {yaml} }}\nentities: {{ A: {{}} }}\n");
        let (mut spec, diagnostics) = read(&Source::new("a.yaml", text.as_bytes()).into());
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        spec.enums.swap_remove("E").expect("the enum")
    }

    /// Names and stored values.
    fn variants(read: &Enum) -> Vec<(&str, Option<&str>)> {
        match &read.variants {
            Variants::List(names) => names.iter().map(|name| (name.as_str(), None)).collect(),
            Variants::Map(variants) => {
                let variants = variants.iter();
                variants
                    .map(|(name, variant)| (name.as_str(), variant.value.as_deref()))
                    .collect()
            }
        }
    }

    #[test]
    fn a_list_has_names() {
        let read = right("[yes, \"null\"]");
        assert!(read.short);
        assert_eq!(variants(&read), [("yes", None), ("null", None)]);
        assert_eq!(variants(&right("[]")), []);
    }

    #[test]
    fn a_map_has_stored_values_and_any_names() {
        let read = right("{ a: x, native: y, variants: z, b: { doc: words } }");
        assert!(read.short);
        let all = [("a", "x"), ("native", "y"), ("variants", "z")];
        assert_eq!(
            variants(&read)[..3],
            all.map(|(name, value)| (name, Some(value)))
        );
        assert_eq!(variants(&read)[3], ("b", None));
    }

    #[test]
    fn the_long_form_has_its_variants_below() {
        let read = right("{ variants: [a], native: false, rust_name: Ee, doc: words }");
        assert!(!read.short);
        assert_eq!(read.native, Some(false));
        assert_eq!(read.rust_name.as_deref(), Some("Ee"));
        assert_eq!(read.doc.as_deref(), Some("words"));
        assert_eq!(variants(&read), [("a", None)]);
        let read = right("{ variants: { variants: x, b: { value: y, rust_name: Bee } } }");
        assert_eq!(variants(&read), [("variants", Some("x")), ("b", Some("y"))]);
    }
}
