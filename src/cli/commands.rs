//! The commands: each a call of the library between arguments and the console.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

use relata::diagnostic::Code;
use relata::output::{Claim, Output};
use relata::{Builder, Layout};

use super::arguments::{Check, Ddl, Deny, Explain, Generate};
use super::console::{Console, Failure, shown};
use super::{fix, watch};

pub(super) fn generate(arguments: Generate, console: &mut Console) -> Result<(), Failure> {
    let (spec, out) = (arguments.spec.clone(), arguments.out.clone());
    let (check, watched) = (arguments.check, arguments.watch);
    let remembers = !check && !arguments.no_record;
    let builder = settings(arguments)?;
    if watched {
        return watch::generate(&builder, &spec, &out, console);
    }
    console.begin(&spec);
    if remembers && let Some(summary) = builder.unchanged(&out) {
        return console.summary(&out, &summary);
    }
    let rendered = console.during("rendering", || builder.render());
    let rendered = rendered.map_err(|error| fix::failure(&builder, error, console))?;
    console.report(&rendered.warnings)?;
    if check {
        console.during("comparing", || rendered.check(&out))?;
        return console.current(&out);
    }
    if remembers {
        rendered.refuse_others(&out)?;
    }
    let summary = console.during("writing", || rendered.output.write(&out));
    console.summary(&out, &summary.map_err(relata::Error::from)?)?;
    // The files are written, and without a record the next run is an ordinary one.
    if remembers {
        let _ = rendered.remember(&out);
    }
    Ok(())
}

/// What the flags say goes before what the spec says.
fn settings(arguments: Generate) -> Result<Builder, Failure> {
    let Generate {
        spec,
        target,
        layout,
        derive,
        attribute,
        time,
        visibility,
        tests,
        deny,
        ..
    } = arguments;
    let mut builder = builder(&spec, &deny)?.layout_by_default(Layout::Modules);
    if let Some(target) = target {
        builder = builder.target(target);
    }
    if let Some(layout) = layout {
        builder = builder.layout(layout);
    }
    if !derive.is_empty() {
        builder = builder.derives(derive);
    }
    if !attribute.is_empty() {
        builder = builder.attributes(attribute);
    }
    if let Some(time) = time {
        builder = builder.time(time);
    }
    if let Some(visibility) = visibility {
        builder = builder.visibility(visibility);
    }
    if tests {
        builder = builder.tests(true);
    }
    Ok(builder)
}

pub(super) fn ddl(arguments: Ddl, console: &mut Console) -> Result<(), Failure> {
    let Ddl {
        spec,
        dialect,
        out,
        deny,
    } = arguments;
    let mut builder = builder(&spec, &deny)?;
    if let Some(dialect) = dialect {
        builder = builder.dialects([dialect]);
    }
    console.begin(&spec);
    let rendered = console.during("rendering", || builder.render_ddl());
    let (sql, warnings) = rendered.map_err(|error| fix::failure(&builder, error, console))?;
    console.report(&warnings)?;
    let Some(out) = out else {
        return console.text(&sql);
    };
    let Some(name) = out.file_name().and_then(OsStr::to_str) else {
        let message = format!("`{}` names no file", shown(&out));
        return Err(Failure::Message(message));
    };
    let mut output = Output::new(Claim::Names(BTreeSet::new()));
    output.insert(name, sql);
    let folder = match out.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let summary = output.write(folder).map_err(relata::Error::from)?;
    console.summary(&out, &summary)
}

pub(super) fn check(arguments: Check, console: &mut Console) -> Result<(), Failure> {
    for spec in arguments.specs {
        // Each spec is told of, whatever the others have.
        let checked = builder(&spec, &arguments.deny).and_then(|builder| {
            console.begin(&spec);
            let validated = console.during("checking", || builder.validate());
            validated.map_err(|error| fix::failure(&builder, error, console))
        });
        match checked {
            Ok(warnings) => {
                console.report(&warnings)?;
                console.valid(&spec)?;
            }
            Err(failure) => console.failure(failure)?,
        }
    }
    Ok(())
}

pub(super) fn explain(arguments: &Explain, console: &mut Console) -> Result<(), Failure> {
    if arguments.codes.is_empty() {
        return console.codes(Code::ALL);
    }
    console.explanations(&arguments.codes)
}

fn builder(spec: &Path, deny: &Deny) -> Result<Builder, Failure> {
    Ok(self::spec(spec)?.deny_warnings(deny.deny.is_some()))
}

/// A builder for the spec at a path, or that of standard input.
pub(super) fn spec(spec: &Path) -> Result<Builder, Failure> {
    let builder = if spec == Path::new("-") {
        let stdin = io::stdin().lock();
        Builder::from_reader("<stdin>", stdin).map_err(|error| {
            let message = format!("cannot read standard input: {error}");
            Failure::Message(message)
        })?
    } else {
        Builder::new(spec)
    };
    Ok(builder)
}
