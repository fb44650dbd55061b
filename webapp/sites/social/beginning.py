"""What stands on the social site before anybody came."""

from sqlalchemy import Connection, insert, select

from webapp import clock
from webapp.sites.people import USERS

from . import town
from .tables import COMMENTS, LIKES, POSTS


def fill(db: Connection) -> None:
    """Let the people of the town write their posts, where nobody has posted yet; whoever is missing stays silent."""
    if db.scalar(select(POSTS.c.id).limit(1)):
        return
    now = clock.now()
    people = dict(db.execute(select(USERS.c.name, USERS.c.id).where(USERS.c.demo)).all())
    seeds = sorted((seed for seed in town.POSTS if seed.author in people), key=lambda seed: seed.ago, reverse=True)
    if not seeds:
        return
    told = [[comment for comment in seed.comments if comment.author in people] for seed in seeds]
    likes = [[people[name] for name in seed.likes if name in people] for seed in seeds]

    def row(seed) -> dict:
        return {"text": seed.text, "ours": True, "created_at": now - seed.ago, "author_id": people[seed.author]}

    ids = db.scalars(
        insert(POSTS).returning(POSTS.c.id, sort_by_parameter_order=True),
        [
            {**row(seed), "likes": len(liking), "comments": len(telling)}
            for seed, liking, telling in zip(seeds, likes, told, strict=True)
        ],
    ).all()
    comments = [(comment, post) for post, telling in zip(ids, told, strict=True) for comment in telling]
    comments.sort(key=lambda pair: pair[0].ago, reverse=True)
    for table, rows in (
        (COMMENTS, [{**row(comment), "post_id": post} for comment, post in comments]),
        (LIKES, [{"post_id": post, "user_id": one} for post, liking in zip(ids, likes, strict=True) for one in liking]),
    ):
        if rows:
            db.execute(insert(table), rows)
