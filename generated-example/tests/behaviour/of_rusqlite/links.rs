//! Links that a trigger of the user refuses.

use crate::corners::Error;
use crate::links::tagged;
use crate::on_corners;

#[test]
fn what_a_trigger_refuses_is_no_half_of_a_set() {
    on_corners(|conn| {
        let (post, [good, fine, _]) = tagged(conn);
        post.tags().set(conn, [&good]).unwrap();
        conn.execute_batch(
            "CREATE TRIGGER refuse BEFORE INSERT ON post_tag BEGIN SELECT RAISE(ROLLBACK, 'never'); END",
        )
        .unwrap();
        let failed = post.tags().set(conn, [&fine]);
        assert!(matches!(failed, Err(Error::Database(_))), "{failed:?}");
        assert!(
            conn.is_autocommit(),
            "the trigger has ended the transaction"
        );
        assert_eq!(post.tags().all(conn).unwrap(), [good]);
    });
}
