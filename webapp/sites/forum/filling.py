"""What the town wrote before anybody came."""

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.sites.people import USERS

from . import index
from .models import ForumPost, Thread
from .town import THREADS


def fill(session: Session) -> None:
    """Write the threads of `town`, dated back from now, where there is none yet."""
    if session.scalar(select(Thread.id).limit(1)):
        return
    now = clock.now()
    people = dict(session.execute(select(USERS.c.key, USERS.c.id).where(USERS.c.demo)).all())
    opened = sorted(THREADS, key=lambda thread: thread.ago, reverse=True)  # ids tell which is newer
    threads = session.scalars(
        insert(Thread).returning(Thread.id, sort_by_parameter_order=True),
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
    posts = session.scalars(
        insert(ForumPost).returning(ForumPost.id, sort_by_parameter_order=True),
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
    session.connection().execute(
        update(Thread.__table__)
        .where(Thread.__table__.c.id == bindparam("thread"))
        .values(first_post_id=bindparam("first"), last_post_id=bindparam("last")),
        [{"thread": thread, "first": first[thread], "last": last[thread]} for thread in threads],
    )
    titles = {first[thread]: seed.title for thread, seed in zip(threads, opened, strict=True)}
    index.add(
        session,
        (
            (id, " ".join(index.in_all_languages(text) for text in (titles.get(id, ""), post.text) if text))
            for id, (_, post) in zip(posts, written, strict=True)
        ),
    )
