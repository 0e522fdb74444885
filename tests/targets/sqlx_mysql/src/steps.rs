//! A server of several that count in turn gives its rows every third number, say.

use crate::driver;
use crate::live::school::{NewStudent, Student, UnitOfWork, create_tables};

tests! {
    keys_of_many_rows_follow_by_the_steps_of_the_server,
}

async fn keys_of_many_rows_follow_by_the_steps_of_the_server() {
    let (_keep, mut conn) = driver::open().await;
    create_tables(&mut conn).await.unwrap();
    let new = |name: String| NewStudent { name };
    for (step, offset) in [(3, 2), (1, 1), (7, 5), (3, 1)] {
        let steps = format!(
            "SET SESSION auto_increment_increment = {step}, auto_increment_offset = {offset}"
        );
        driver::execute(&mut conn, &steps).await.unwrap();
        let names = (0..50).map(|row| format!("{step} {offset} {row}"));
        let names: Vec<String> = names.collect();
        let mut keys = Student::insert_many(&mut conn, names.clone().into_iter().map(new))
            .await
            .unwrap();
        let mut work = UnitOfWork::new();
        let pending: Vec<_> = names
            .iter()
            .cloned()
            .map(|name| work.insert(new(name)))
            .collect();
        let done = work.commit(&mut conn).await.unwrap();
        keys.extend(pending.into_iter().map(|pending| done.key(pending)));
        for (key, name) in keys.into_iter().zip(names.iter().cycle()) {
            assert_eq!(key % step, offset % step, "{name}");
            assert_eq!(&Student::get(&mut conn, key).await.unwrap().name, name);
        }
    }
}
