"""What stands on the social site before anybody came."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.sites.people import USERS

from .models import Comment, Like, Post
from .town import POSTS


def fill(session: Session) -> None:
    """Let the people of the town write their posts, where nobody has posted yet; whoever is missing stays silent."""
    if session.scalar(select(Post.id).limit(1)):
        return
    now = clock.now()
    people = dict(session.execute(select(USERS.c.name, USERS.c.id).where(USERS.c.demo)).all())
    seeds = sorted((seed for seed in POSTS if seed.author in people), key=lambda seed: seed.ago, reverse=True)
    if not seeds:
        return
    told = [[comment for comment in seed.comments if comment.author in people] for seed in seeds]
    likes = [[people[name] for name in seed.likes if name in people] for seed in seeds]

    def row(seed) -> dict:
        return {"text": seed.text, "ours": True, "created_at": now - seed.ago, "author_id": people[seed.author]}

    ids = session.scalars(
        insert(Post).returning(Post.id, sort_by_parameter_order=True),
        [
            {**row(seed), "likes": len(liking), "comments": len(telling)}
            for seed, liking, telling in zip(seeds, likes, told, strict=True)
        ],
    ).all()
    comments = [(comment, post) for post, telling in zip(ids, told, strict=True) for comment in telling]
    comments.sort(key=lambda pair: pair[0].ago, reverse=True)
    for model, rows in (
        (Comment, [{**row(comment), "post_id": post} for comment, post in comments]),
        (Like, [{"post_id": post, "user_id": one} for post, liking in zip(ids, likes, strict=True) for one in liking]),
    ):
        if rows:
            session.execute(insert(model), rows)
