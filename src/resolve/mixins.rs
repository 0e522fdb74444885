//! Mixins: what the tables that list them have besides their own.

use std::collections::BTreeMap;

use indexmap::map::Entry;

use super::context::{Context, mixin_path};
use super::draft::{Draft, Source};
use super::mixed::{COLUMNS, Mixed, RELATIONSHIPS};
use super::{columns, defaults, keys, names, sources};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Path, Place, Segment, limits};
use crate::spec::{Mixin, Size};

/// How many of the tables that list a mixin a report shows.
const SHOWN: usize = 6;

/// What tables have from mixins, and who lists which.
pub(super) struct Mixins<'s> {
    /// By the place of the table.
    tables: BTreeMap<usize, Mixed<'s>>,
    /// The places in the spec where a mixin is listed, each with the table's name.
    lists: BTreeMap<&'s str, Vec<(Path, &'s str)>>,
    /// How much more mixins may add.
    left: Option<Size>,
}

impl<'s> Mixins<'s> {
    pub(super) fn new() -> Self {
        Self {
            tables: BTreeMap::new(),
            lists: BTreeMap::new(),
            left: Some(Size {
                nodes: limits::MIXIN_NODES,
                bytes: limits::SPEC_BYTES,
            }),
        }
    }

    /// The mixin that has what stands at `path`, which is that of something in the table at `place`, and where.
    pub(super) fn written(&self, place: usize, path: &Path) -> Option<(&'s str, Path)> {
        self.tables.get(&place)?.written(path)
    }

    /// How many tables list `mixin`.
    pub(super) fn users(&self, mixin: &str) -> usize {
        self.lists.get(mixin).map_or(0, Vec::len)
    }

    /// Takes what another use of a mixin adds, if as much is left.
    fn take(&mut self, size: Size) -> bool {
        self.left = self.left.and_then(|left| {
            Some(Size {
                nodes: left.nodes.checked_sub(size.nodes)?,
                bytes: left.bytes.checked_sub(size.bytes)?,
            })
        });
        self.left.is_some()
    }
}

/// Adds to `table`, which stands at `place` among all tables, what the mixins of its `list` have.
pub(super) fn add<'s>(
    context: &mut Context<'s>,
    table: &mut Source<'s>,
    place: usize,
    list: &'s [String],
) {
    let mut mixed = Mixed::default();
    for (item, name) in list.iter().enumerate() {
        let path = table.path.key("mixins").index(item);
        if list[..item].contains(name) {
            let message = format!("mixin `{name}` stands twice in one list");
            context.report(
                Diagnostic::new(Code::Repeated, path.at_value(), message)
                    .help(format!("leave out the second `{name}`")),
            );
            continue;
        }
        let Some((name, mixin)) = context.spec.mixins.get_key_value(name) else {
            unknown(context, path, name);
            context.lose(table.path.key("mixins"));
            continue;
        };
        if !context.mixins.take(mixin.size) {
            too_much(context, path, name);
            context.lose(table.path.key("mixins"));
            continue;
        }
        if !table.is_entity() && !mixin.relationships.is_empty() {
            no_relationships(context, table, path.clone(), name);
        }
        let users = context.mixins.lists.entry(name).or_default();
        users.push((path, table.name));
        lose_unread(context, table, name);
        mixed.begin(name, table.indexes.len(), table.checks.len());
        merge(context, table, &mut mixed, name, mixin);
    }
    if !list.is_empty() {
        context.mixins.tables.insert(place, mixed);
    }
}

fn merge<'s>(
    context: &mut Context<'s>,
    table: &mut Source<'s>,
    mixed: &mut Mixed<'s>,
    name: &'s str,
    mixin: &'s Mixin,
) {
    for (column, written) in &mixin.columns {
        if table.columns.contains_key(column) {
            let before = mixed.source_of(COLUMNS, column);
            clash(context, table, before, name, (COLUMNS, column));
        } else {
            mixed.added(COLUMNS, column);
            let columns = table.columns.to_mut();
            columns.insert(column.clone(), written.clone());
        }
    }
    let mut twice = Vec::new();
    if let Some(relationships) = &mut table.relationships {
        for (relationship, written) in &mixin.relationships {
            match relationships.entry(relationship) {
                Entry::Occupied(_) => twice.push(relationship),
                Entry::Vacant(free) => {
                    mixed.added(RELATIONSHIPS, relationship);
                    free.insert(written);
                }
            }
        }
    }
    for relationship in twice {
        let before = mixed.source_of(RELATIONSHIPS, relationship);
        clash(context, table, before, name, (RELATIONSHIPS, relationship));
    }
    if !mixin.indexes.is_empty() {
        table.indexes.to_mut().extend_from_slice(&mixin.indexes);
    }
    if !mixin.checks.is_empty() {
        table.checks.to_mut().extend_from_slice(&mixin.checks);
    }
}

/// Checks the mixins for themselves, after all tables have taken what they list.
pub(super) fn check(context: &mut Context<'_>) {
    for (name, mixin) in &context.spec.mixins {
        names::check(context, name, "a mixin", || mixin_path(name));
        match context.mixins.users(name) {
            0 => alone(context, name, mixin),
            1 => {}
            _ => back_populations(context, name, mixin),
        }
    }
}

/// Nobody lists the mixin, so nothing has reported what is wrong with its columns and checks.
fn alone<'s>(context: &mut Context<'s>, name: &'s str, mixin: &'s Mixin) {
    let source = sources::of_mixin(name, mixin);
    let mut draft = Draft::new(source, String::new());
    columns::resolve(context, &mut draft);
    keys::checks(context, &mut draft);
    defaults::resolve(context, &mut draft);
}

/// Reports relationships with `back_populates` in a mixin that several entities list.
fn back_populations(context: &mut Context<'_>, name: &str, mixin: &Mixin) {
    let paired = mixin.relationships.iter();
    for (relationship, _) in paired.filter(|(_, written)| written.back_populates.is_some()) {
        let path = mixin_path(name).key(RELATIONSHIPS).key(relationship);
        let lists = &context.mixins.lists[name];
        let message = format!(
            "relationship `{relationship}` back-populates one relationship, and {} tables list its mixin `{name}`",
            lists.len()
        );
        let place = path.key("back_populates").at_value();
        let mut diagnostic = Diagnostic::new(Code::MismatchedBackPopulation, place, message);
        for (list, table) in lists.iter().take(SHOWN) {
            let label = format!("`{table}` lists it");
            diagnostic = diagnostic.other(list.clone().at_value(), label);
        }
        context.report(diagnostic.help(format!(
            "leave `back_populates` out here: the relationships at the other sides name `{relationship}`"
        )));
    }
}

/// Remembers for `table` what of its mixin `name` could not be read.
fn lose_unread(context: &mut Context<'_>, table: &Source<'_>, name: &str) {
    let mixin = mixin_path(name);
    let unread = context.spec.unread.range(&mixin..);
    let below = unread.take_while(|path| path.segments().starts_with(mixin.segments()));
    for path in below {
        let path = match &path.segments()[mixin.segments().len()..] {
            [] | [_] => table.path.key("mixins"),
            [list, step, rest @ ..] => {
                let step = match (list, step) {
                    (Segment::Key(list), Segment::Index(index)) if list == "indexes" => {
                        Segment::Index(index + table.indexes.len())
                    }
                    (Segment::Key(list), Segment::Index(index)) if list == "checks" => {
                        Segment::Index(index + table.checks.len())
                    }
                    (_, step) => step.clone(),
                };
                let mut segments = table.path.segments().to_vec();
                segments.extend([list.clone(), step]);
                segments.extend_from_slice(rest);
                Path::from_segments(segments)
            }
        };
        context.lose(path);
    }
}

fn unknown(context: &mut Context<'_>, path: Path, name: &str) {
    if context.unread(|| mixin_path(name)) || context.lacks_a_file() {
        return;
    }
    let message = format!("no mixin `{name}` exists");
    let mixins = &context.spec.mixins;
    let help = if mixins.is_empty() {
        format!("declare it: `mixins: {{ {name}: {{ columns: … }} }}`").into()
    } else {
        context.suggest(name, mixins.keys().map(String::as_str))
    };
    let place = path.at_words(0..name.len());
    context.report(Diagnostic::new(Code::UnknownMixin, place, message).help(help));
}

/// Reports that the table has something called as in the mixin `name`, of its own or from the mixin `before`.
fn clash<'s>(
    context: &mut Context<'s>,
    table: &Source<'s>,
    before: Option<&str>,
    name: &'s str,
    (list, thing): (&str, &str),
) {
    let what = if list == COLUMNS {
        "column"
    } else {
        "relationship"
    };
    let place = |path: Path| -> Place { path.key(list).key(thing).at_key() };
    let in_mixin = place(mixin_path(name));
    let (word, of) = (table.word(), table.name);
    let diagnostic = match before {
        // The table is what has to change, so the problem stands there, once for each table.
        None => {
            let message =
                format!("{word} `{of}` has a {what} `{thing}`, and its mixin `{name}` too");
            Diagnostic::new(Code::NameCollision, place(table.path.clone()), message)
                .other(in_mixin, "of the mixin")
                .help(format!("leave out one of both, or `{name}` in `mixins`"))
        }
        Some(before) => {
            let message = format!(
                "{word} `{of}` lists the mixins `{before}` and `{name}`, which both have a {what} `{thing}`"
            );
            Diagnostic::new(Code::NameCollision, in_mixin, message)
                .other(place(mixin_path(before)), "the first one")
                .help("give one of both another name, or leave out one of the mixins")
        }
    };
    match before {
        None => context.report(diagnostic),
        Some(_) => context.report_mixed(diagnostic, name, of),
    }
}

/// A secondary has no relationships.
fn no_relationships(context: &mut Context<'_>, table: &Source<'_>, path: Path, name: &str) {
    let of = table.name;
    let message =
        format!("mixin `{name}` has relationships, and a secondary such as `{of}` has none");
    let relationships = mixin_path(name).key(RELATIONSHIPS).at_key();
    context.report(
        Diagnostic::new(Code::Contradiction, path.at_value(), message)
            .other(relationships, "its relationships")
            .help(format!(
                "give them a mixin of their own, or declare an entity in place of `{of}`"
            )),
    );
}

fn too_much(context: &mut Context<'_>, path: Path, name: &str) {
    let message = format!("with mixin `{name}` here, mixins add more than a spec may have");
    let help = format!(
        "mixins may add {} scalars, mappings and lists in all: list fewer",
        limits::MIXIN_NODES
    );
    context.report(Diagnostic::new(Code::Growth, path.at_value(), message).help(help));
}
