//! Every way between the same two entities, all usable at once.

use crate::db::Connection;

use crate::on_both;

mod models {
    include!(concat!(env!("OUT_DIR"), "/several_ways.rs"));
}
use models::{NewPost, NewUser, Post, UnitOfWork, User, post, user};

fn on_posts(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn user(conn: &Connection, name: &str) -> User {
    let new = NewUser {
        name: name.into(),
        pinned_id: None,
    };
    User::insert(conn, new).unwrap()
}

fn new_post(author: &User) -> NewPost {
    NewPost {
        title: "t".into(),
        author_id: author.into(),
        editor_id: None,
        first_id: None,
    }
}

#[test]
fn each_way_is_its_own() {
    on_posts(|conn| {
        let [ann, bob, cy] = ["ann", "bob", "cy"].map(|name| user(conn, name));
        let post = Post::insert(conn, new_post(&ann)).unwrap();
        let post = post.editor().set(conn, Some(&bob)).unwrap();
        let post = post.first().set(conn, Some(&cy)).unwrap();
        assert!(post.liked_by().add(conn, &cy).unwrap());
        assert!(bob.read().add(conn, &post).unwrap());
        let cy = cy.pinned().set(conn, Some(&post)).unwrap();

        assert_eq!(ann.posts().all(conn).unwrap(), [post.clone()]);
        assert_eq!(bob.edited().all(conn).unwrap(), [post.clone()]);
        assert_eq!(bob.posts().count(conn).unwrap(), 0);
        assert_eq!(ann.edited().count(conn).unwrap(), 0);
        assert_eq!(cy.likes().all(conn).unwrap(), [post.clone()]);
        assert_eq!(cy.read().count(conn).unwrap(), 0);
        assert_eq!(bob.likes().count(conn).unwrap(), 0);
        assert_eq!(post.pinned_by().get(conn).unwrap(), Some(cy.clone()));
        let all = Post::query()
            .with(post::AUTHOR)
            .with(post::EDITOR)
            .with(post::FIRST)
            .with(post::PINNED_BY)
            .with(post::LIKED_BY)
            .all(conn);
        let expected = (
            post.clone(),
            ann.clone(),
            Some(bob.clone()),
            Some(cy.clone()),
            Some(cy.clone()),
            vec![cy.clone()],
        );
        assert_eq!(all.unwrap(), [expected]);
        let found = User::query().filter(
            (user::LIKES.any(post::EDITOR.any(user::NAME.eq("bob"))))
                .and(user::PINNED.any(post::AUTHOR.any(user::POSTS.exists())))
                .and(user::READ.exists().not()),
        );
        assert_eq!(found.all(conn).unwrap(), [cy.clone()]);

        // What one way takes away, no other misses.
        assert!(bob.edited().remove(conn, &post).unwrap());
        assert_eq!(post.first().get(conn).unwrap(), Some(cy.clone()));
        assert_eq!(post.liked_by().clear(conn).unwrap(), 1);
        assert_eq!(bob.read().count(conn).unwrap(), 1);
        assert_eq!(post.author().get(conn).unwrap(), ann);
    });
}

#[test]
fn all_in_one_unit_round_the_circle() {
    on_posts(|conn| {
        let mut work = UnitOfWork::new();
        let [ann, bob] = ["ann", "bob"].map(|name| {
            work.insert(NewUser {
                name: name.into(),
                pinned_id: None,
            })
        });
        let post = work.insert(NewPost {
            title: "t".into(),
            author_id: ann.into(),
            editor_id: Some(bob.into()),
            first_id: None,
        });
        work.set(user::PINNED, ann, post);
        work.set(post::PINNED_BY, post, Some(bob));
        work.set(post::FIRST, post, bob);
        work.link(user::LIKES, ann, [post]);
        work.link(user::READ, bob, [post]);
        let done = work.commit(conn).unwrap();
        let [ann, bob] = [ann, bob].map(|user| User::get(conn, done.key(user)).unwrap());
        let post = Post::get(conn, done.key(post)).unwrap();
        assert_eq!((ann.pinned_id, bob.pinned_id), (None, Some(post.id)));
        assert_eq!(
            (post.editor_id, post.first_id),
            (Some(bob.id), Some(bob.id))
        );
        assert_eq!(ann.likes().all(conn).unwrap(), [post.clone()]);
        assert_eq!(bob.read().all(conn).unwrap(), [post.clone()]);
        // A pin falls with its post; a writer stays while there is one.
        let mut work = UnitOfWork::new();
        work.delete(&ann);
        work.delete(&bob);
        work.delete(&post);
        work.commit(conn).unwrap();
        assert_eq!(User::query().count(conn).unwrap(), 0);
    });
}
