"""Recently viewed on the social site: one cookie a post or person."""

import pytest
from sqlalchemy.exc import OperationalError

from tests.browsing import Browser
from webapp.sites.social import recent


@pytest.fixture
def visitor(app) -> Browser:
    """A browser whose owner allowed history."""
    browser = Browser(app)
    browser.agree()
    return browser


def _listed(page) -> list[str]:
    return [item["data-item"] for item in page.select("[data-recent] [data-item]")]


def test_posts_and_people_stand_together(visitor, fill, author, travel):
    """What was opened last comes first; a post is told by its author and first words, with their portrait."""
    post = fill(2)[1]
    page = visitor.get(f"/social/{post}")
    assert page.cookies_set[f"recent_social.p{post}"].partition("; ")[2].startswith("Expires=")
    travel(minutes=1)
    visitor.get("/social/@Ada")
    page = visitor.get("/social/")
    assert _listed(page) == [f"u{author}", f"p{post}"]
    links = [(item.a["href"], item.a.get_text(strip=True)) for item in page.select("[data-recent] [data-item]")]
    assert links == [("/social/@Ada", "Ada"), (f"/social/{post}", "Ada: post 1")]
    portrait = page.select("article img")[0]["src"]
    assert [item.img["src"] for item in page.select("[data-recent] [data-item]")] == [portrait, portrait]


def test_not_on_one_s_own_page(visitor, fill, author):
    """Neither a post nor a person recommends itself."""
    post = fill(1)[0]
    assert _listed(visitor.get(f"/social/{post}")) == []
    assert _listed(visitor.get("/social/@Ada")) == [f"p{post}"]
    assert _listed(visitor.get(f"/social/{post}")) == [f"u{author}"]


def test_a_post_and_a_person_show_the_last_three(visitor, fill, author):
    """Beside a post or a person stand the three things looked at before, and the way to all of them."""
    posts = fill(5)
    for post in posts:
        visitor.get(f"/social/{post}")
    before = [f"p{post}" for post in posts[::-1]]
    assert _listed(visitor.page) == before[1:4]
    assert _listed(visitor.get("/social/@Ada")) == before[:3]
    page = visitor.follow("[data-recent] header a")
    assert page.one("#recent") and _listed(page) == [f"u{author}", *before]


def test_a_long_post_is_cut_between_words(visitor, enter, say):
    """Of a long post the title holds the first words."""
    text = "wordy " * 20
    post = say(enter("Nora"), text).one("[data-post]")["data-post"]
    visitor.get(f"/social/{post}")
    title = visitor.get("/social/").one("[data-item] a").get_text(strip=True)
    assert title.startswith("Nora: wordy wordy") and title.endswith("wordy…") and len(title) < 50


def test_one_and_all_can_be_forgotten(visitor, fill, author):
    """The buttons delete one cookie, or all of them."""
    first, second, third = fill(3)
    for post in (first, second, third):
        visitor.get(f"/social/{post}")
    visitor.get("/social/")
    visitor.headers["Sec-Fetch-Site"] = "same-origin"
    page = visitor.submit("[data-recent] form", button=f"p{second}")
    assert _listed(page) == [f"p{third}", f"p{first}"] and page.url.endswith("/social/")
    assert _listed(visitor.submit("[data-recent] form", button="")) == []
    assert not [name for name in visitor.cookies if name.startswith("recent_social.")]


@pytest.mark.parametrize("key", ["p470011", "u470011", "p9999999999", "u2147483648"])
def test_what_is_not_there_is_dropped(app, fill, key):
    """A cookie for a post or person that never was is deleted, whatever number it names."""
    post = fill(1)[0]
    cookies = f"recent_social.{key}=1700000000; recent_social.p{post}=1700000000"
    page = Browser(app).get("/social/", headers={"Cookie": cookies})
    assert _listed(page) == [f"p{post}"] and "Max-Age=0" in page.cookies_set[f"recent_social.{key}"]


@pytest.mark.parametrize("key", ["", "x1", "p0", "p01", "p-1", "p1.5", "P1", "p" + "9" * 60])
def test_a_name_that_nothing_has_does_no_harm(app, fill, key):
    """A name outside the family's pattern is as good as absent."""
    fill(1)
    page = Browser(app).get("/social/", headers={"Cookie": f"recent_social.{key}=1700000000"})
    assert page.status == 200 and _listed(page) == []


def test_what_was_taken_down_is_forgotten(visitor, enter, say):
    """A post that is gone leaves the list, and opening its trace is not remembered."""
    nora = enter("Nora")
    post = say(nora, "Soon gone.").one("[data-post]")["data-post"]
    assert _listed(visitor.get(f"/social/{post}")) == [] and f"recent_social.p{post}" in visitor.cookies
    nora.get(f"/social/{post}/remove")
    nora.submit("#remove")
    assert _listed(visitor.get("/social/")) == []
    visitor.get(f"/social/{post}")
    assert f"recent_social.p{post}" not in visitor.cookies


def test_without_a_database_nothing_is_listed(visitor, fill, app, monkeypatch):
    """While the database is down there is no list, no error, and no cookie is lost."""
    post = fill(1)[0]
    visitor.get(f"/social/{post}")

    def fail():
        raise OperationalError("SELECT", {}, Exception("down"))

    monkeypatch.setattr(recent, "reading", fail)
    header = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    with app.test_request_context(headers={"Cookie": header}):
        assert recent.recently_viewed() == []
    with app.test_request_context(headers={"Cookie": header}):
        monkeypatch.undo()
        assert [item.id for item in recent.recently_viewed()] == [f"p{post}"]


def test_the_first_page_shows_them(visitor, fill):
    """The site hands its recent posts and people to the house."""
    post = fill(1)[0]
    visitor.get(f"/social/{post}")
    assert _listed(visitor.get("/")) == [f"p{post}"]
