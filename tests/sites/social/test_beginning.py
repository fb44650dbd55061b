"""What stands on the site before anybody came."""

from sqlalchemy import func, select

from tests.browsing import Browser
from webapp import clock
from webapp.accounts.users import TOWNSPEOPLE
from webapp.database import reading, writing
from webapp.sites import draw
from webapp.sites.portraits import portrait_of
from webapp.sites.social import town
from webapp.sites.social.beginning import fill
from webapp.sites.social.tables import COMMENTS, LIKES, POSTS


def _number(table) -> int:
    return reading().scalar(select(func.count()).select_from(table))


def test_the_town_has_posted(make_app):
    """Every text of the town is there, newest first; counters are those of the rows, and no time is to come."""
    app = make_app(DEMO_ACCOUNTS=False)
    with app.app_context():
        assert _number(POSTS) == len(town.POSTS) and _number(COMMENTS) == sum(len(post.comments) for post in town.POSTS)
        assert reading().scalar(select(func.sum(POSTS.c.likes))) == _number(LIKES)
        assert reading().scalar(select(func.sum(POSTS.c.comments))) == _number(COMMENTS)
        times = reading().scalars(select(POSTS.c.created_at).order_by(POSTS.c.id.desc())).all()
        assert times == sorted(times, reverse=True) and times[0] <= clock.now()
    page = Browser(app).get("/social/")
    assert len(page.select("article[data-post]")) == min(20, len(town.POSTS))
    assert {card["data-author"] for card in page.select("article[data-post]")} <= set(TOWNSPEOPLE)


def test_it_happens_once(make_app):
    """A second start, and a second process, write nothing more."""
    make_app(DEMO_ACCOUNTS=False)
    app = make_app(DEMO_ACCOUNTS=False)
    with app.app_context():
        with writing() as db:
            fill(db)
        assert _number(POSTS) == len(town.POSTS)


def test_a_house_without_townspeople_stays_empty(app):
    """Where nobody of the town has an account, nothing is written and nothing fails."""
    with app.app_context():
        with writing() as db:
            fill(db)
        assert _number(POSTS) == 0


def test_everybody_of_the_town_has_a_page(make_app):
    """Each has a line about themselves and a portrait."""
    browser = Browser(make_app(DEMO_ACCOUNTS=False))
    assert set(town.ABOUT) == set(TOWNSPEOPLE)
    for name, about in town.ABOUT.items():
        page = browser.get(f"/social/@{name}")
        assert page.status == 200 and page.one(".person .lead").get_text() == about
        assert browser.get(page.one(".person img")["src"]).status == 200


def test_a_portrait_is_a_file_of_the_site(app):
    """Whatever number an account has, its picture is there."""
    assert {portrait_of(number) for number in range(1, 100)} <= set(draw(app))
