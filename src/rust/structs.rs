//! The structs of an entity, or of a secondary's links: fields, what is derived, what is written out where a derive would tell too much.

use serde::Serialize;

use crate::model::{EntityNames, Extras};
use crate::naming::Derive;
use crate::naming::derive::ROW;
use crate::sql::statement::Assign;

use super::module::Module;
use super::types::field_type;
use super::{doc, literal};

/// A struct.
#[derive(Debug, Serialize)]
pub(super) struct StructView {
    doc: Vec<String>,
    /// What stands between `#[` and `]`.
    attributes: Vec<String>,
    name: String,
    fields: Vec<FieldView>,
    /// Where a derive would show too much: `Debug`, once or not at all.
    debug: Vec<DebugView>,
}

/// A field.
#[derive(Debug, Serialize)]
struct FieldView {
    doc: Vec<String>,
    /// What stands between `#[` and `]`.
    attributes: Vec<&'static str>,
    name: String,
    ty: String,
    #[serde(skip)]
    private: bool,
}

/// An implementation of `Debug` that leaves fields out.
#[derive(Debug, Serialize)]
struct DebugView {
    /// The struct's name as a literal.
    name: String,
    shown: Vec<ShownView>,
}

#[derive(Debug, Serialize)]
struct ShownView {
    /// The field's name as a literal.
    name: String,
    field: String,
}

impl Module<'_> {
    /// The struct of a row, that of one to insert, and that of changes; `docs` says what they are.
    pub(super) fn structs(
        &self,
        names: &EntityNames,
        extras: &Extras,
        docs: [Vec<String>; 3],
    ) -> [StructView; 3] {
        let [row, new, patch] = docs;
        let new_fields = self.new_fields();
        let optional = self.local.prelude("Option");
        let all_optional = new_fields.iter().all(|it| it.ty.starts_with(&optional));
        let new_derives: &[&str] = if all_optional {
            &["Clone", "Default"]
        } else {
            &["Clone"]
        };
        [
            self.row(&names.row, extras, row),
            of(&names.new, new, new_derives, new_fields),
            of(
                &names.patch,
                patch,
                &["Clone", "Default"],
                self.patch_fields(),
            ),
        ]
    }

    /// The struct of a row, the one that the spec may add to.
    fn row(&self, name: &str, extras: &Extras, doc: Vec<String>) -> StructView {
        let built_in = ROW.into_iter().filter(|derive| *derive != Derive::Debug);
        let mut derives: Vec<&str> = built_in.filter_map(Derive::std_name).collect();
        derives.extend(extras.derives.iter().map(String::as_str));
        let mut fields = self.row_fields();
        if derives.iter().any(|path| Derive::of(path).is_serde()) {
            for field in fields.iter_mut().filter(|field| field.private) {
                field.attributes.push("serde(skip)");
            }
        }
        let mut view = of(name, doc, &derives, fields);
        // Behind the derives, of which they may be the helpers.
        view.attributes.extend_from_slice(&extras.attributes);
        view
    }

    fn row_fields(&self) -> Vec<FieldView> {
        let columns = self.table.columns.iter();
        columns
            .map(|column| {
                // A field without words says enough by its name.
                let mut doc = doc::words(column.doc.as_deref());
                if column.computed.is_some() {
                    doc.push(" The database computes it.".to_owned());
                }
                if !column.examples.is_empty() {
                    let examples = doc::values(&column.ty, &column.examples);
                    doc.push(format!(" Such as {examples}."));
                }
                FieldView {
                    doc,
                    attributes: Vec::new(),
                    name: column.field.clone(),
                    ty: field_type(column, &self.local),
                    private: column.private,
                }
            })
            .collect()
    }

    fn new_fields(&self) -> Vec<FieldView> {
        self.new
            .iter()
            .map(|&(id, assign)| {
                let column = self.column(id);
                let value = match self.referenced_entity(id) {
                    Some(target) => {
                        let reference = format!("db::Ref<{}>", self.path(target));
                        if column.nullable {
                            self.local.option(&reference)
                        } else {
                            reference
                        }
                    }
                    None => field_type(column, &self.local),
                };
                let (ty, doc) = match assign {
                    Assign::Value => (value, Vec::new()),
                    Assign::Made => (
                        self.local.option(&value),
                        vec![" `None` makes a new one.".to_owned()],
                    ),
                    _ => (
                        self.local.option(&value),
                        vec![" `None` is the default.".to_owned()],
                    ),
                };
                FieldView {
                    doc,
                    attributes: Vec::new(),
                    name: column.field.clone(),
                    ty,
                    private: column.private,
                }
            })
            .collect()
    }

    fn patch_fields(&self) -> Vec<FieldView> {
        self.patch
            .iter()
            .map(|(id, _)| {
                let column = self.column(*id);
                let target = self.referenced_entity(*id);
                let target = target.map(|target| &self.model.entity(target).rust.row);
                // Others take a row for it, as what is inserted may refer to one without a key.
                let doc = target.map(|row| format!(" The key of the `{row}`."));
                FieldView {
                    doc: doc.into_iter().collect(),
                    attributes: Vec::new(),
                    name: column.field.clone(),
                    ty: self.local.option(&field_type(column, &self.local)),
                    private: column.private,
                }
            })
            .collect()
    }
}

/// The struct `name`, which derives `Debug` where nothing is private, and `derives`.
fn of(name: &str, doc: Vec<String>, derives: &[&str], fields: Vec<FieldView>) -> StructView {
    let hides = fields.iter().any(|field| field.private);
    let debug = if hides { &[][..] } else { &["Debug"] };
    let derives: Vec<&str> = debug.iter().chain(derives).copied().collect();
    StructView {
        doc,
        attributes: vec![format!("derive({})", derives.join(", "))],
        name: name.to_owned(),
        debug: hides
            .then(|| debug_view(name, &fields))
            .into_iter()
            .collect(),
        fields,
    }
}

fn debug_view(name: &str, fields: &[FieldView]) -> DebugView {
    // As the derive would have it: names without the marks of raw identifiers.
    let plain = |name: &str| literal::string(name.trim_start_matches("r#"));
    let shown = fields.iter().filter(|field| !field.private);
    DebugView {
        name: plain(name),
        shown: shown
            .map(|field| ShownView {
                name: plain(&field.name),
                field: field.name.clone(),
            })
            .collect(),
    }
}
