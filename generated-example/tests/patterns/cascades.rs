//! What becomes of rows when the one that they belong to goes.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Comment, Error, NewComment, NewPerson, NewProject, NewTask, Person, Project, Task, UnitOfWork,
    person, project, task,
};

pattern!("cascades");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [ada, bo, cy] =
        ["Ada", "Bo", "Cy"].map(|name| work.insert(NewPerson { name: name.into() }));
    let [bridge, tunnel] = [("bridge", ada), ("tunnel", bo)].map(|(name, lead)| {
        work.insert(NewProject {
            name: name.into(),
            lead_id: lead.into(),
        })
    });
    for (title, project, assignee, comments) in [
        ("plan", bridge, ada, &["soon", "done"][..]),
        ("build", bridge, cy, &["big"]),
        ("dig", tunnel, cy, &["deep"]),
        ("line", tunnel, bo, &[]),
    ] {
        let task = work.insert(NewTask {
            title: title.into(),
            project_id: project.into(),
            assignee_id: Some(assignee.into()),
        });
        for text in comments {
            work.insert(NewComment {
                text: (*text).into(),
                task_id: task.into(),
            });
        }
    }
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut projects_of, mut tasks_of) = (Map::new(), Map::new());
    for (person, projects) in Person::query().with(person::PROJECTS).all(conn)? {
        let names = projects.into_iter().map(|project| project.name);
        projects_of.insert(person.name, names.collect());
    }
    for (project, tasks) in Project::query().with(project::TASKS).all(conn)? {
        let titles = tasks.into_iter().map(|task| task.title);
        tasks_of.insert(project.name, titles.collect());
    }
    let (mut assignee_of, mut comments_of) = (Map::new(), Map::new());
    let query = Task::query().with(task::ASSIGNEE).with(task::COMMENTS);
    for (task, assignee, comments) in query.all(conn)? {
        let texts = comments.into_iter().map(|comment| comment.text);
        comments_of.insert(task.title.clone(), texts.collect());
        assignee_of.insert(task.title, json!(assignee.map(|person| person.name)));
    }
    let every = Comment::query().all(conn)?.into_iter();
    Ok(json!({
        "projects": projects_of,
        "tasks": tasks_of,
        "assignees": assignee_of,
        "comments": comments_of,
        "every comment": every.map(|comment| comment.text).collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "projects": { "Ada": ["bridge"], "Bo": ["tunnel"], "Cy": [] },
        "tasks": { "bridge": ["plan", "build"], "tunnel": ["dig", "line"] },
        "assignees": { "plan": "Ada", "build": "Cy", "dig": "Cy", "line": "Bo" },
        "comments": { "plan": ["soon", "done"], "build": ["big"], "dig": ["deep"], "line": [] },
        "every comment": ["soon", "done", "big", "deep"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let person = |name: &str| Person::query().filter(person::NAME.eq(name)).one(conn);
    let refused = person("Ada")?.delete(conn); // she leads
    assert!(
        matches!(refused, Err(Error::ForeignKeyViolation { .. })),
        "{refused:?}"
    );
    person("Cy")?.delete(conn)?; // the tasks stay
    let bridge = Project::query()
        .filter(project::NAME.eq("bridge"))
        .one(conn)?;
    bridge.delete(conn)?; // with its tasks and their comments
    person("Ada")?.delete(conn)?; // she leads no more
    Ok(())
}

fn after() -> Value {
    json!({
        "projects": { "Bo": ["tunnel"] },
        "tasks": { "tunnel": ["dig", "line"] },
        "assignees": { "dig": null, "line": "Bo" },
        "comments": { "dig": ["deep"], "line": [] },
        "every comment": ["deep"],
    })
}
