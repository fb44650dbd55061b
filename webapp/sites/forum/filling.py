"""What the town wrote before anybody came."""

from sqlalchemy import Connection, bindparam, insert, select, update

from webapp import clock
from webapp.sites.people import USERS

from . import index, town
from .tables import FORUM_POSTS, THREADS


def fill(db: Connection) -> None:
    """Write the threads of `town`, dated back from now, where there is none yet."""
    if db.scalar(select(THREADS.c.id).limit(1)):
        return
    now = clock.now()
    people = dict(db.execute(select(USERS.c.key, USERS.c.id).where(USERS.c.demo)).all())
    opened = sorted(town.THREADS, key=lambda thread: thread.ago, reverse=True)  # ids tell which is newer
    threads = db.scalars(
        insert(THREADS).returning(THREADS.c.id, sort_by_parameter_order=True),
        [
            {
                "board": thread.board,
                "title": thread.title,
                "ours": True,
                "author_id": people.get(thread.author.casefold()),
                "created_at": now - thread.ago,
                "replies": len(thread.replies),
                "last_post_at": now - min(post.ago for post in (thread, *thread.replies)),
            }
            for thread in opened
        ],
    ).all()
    written = [(id, post) for id, thread in zip(threads, opened, strict=True) for post in (thread, *thread.replies)]
    written.sort(key=lambda pair: pair[1].ago, reverse=True)
    posts = db.scalars(
        insert(FORUM_POSTS).returning(FORUM_POSTS.c.id, sort_by_parameter_order=True),
        [
            {
                "thread_id": thread,
                "text": post.text,
                "ours": True,
                "author_id": people.get(post.author.casefold()),
                "created_at": now - post.ago,
            }
            for thread, post in written
        ],
    ).all()
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for id, (thread, _) in zip(posts, written, strict=True):
        first.setdefault(thread, id)
        last[thread] = id
    db.execute(
        update(THREADS)
        .where(THREADS.c.id == bindparam("thread"))
        .values(first_post_id=bindparam("first"), last_post_id=bindparam("last")),
        [{"thread": thread, "first": first[thread], "last": last[thread]} for thread in threads],
    )
    titles = {first[thread]: seed.title for thread, seed in zip(threads, opened, strict=True)}
    index.add(
        db,
        (
            (id, " ".join(index.in_all_languages(text) for text in (titles.get(id, ""), post.text) if text))
            for id, (_, post) in zip(posts, written, strict=True)
        ),
    )
