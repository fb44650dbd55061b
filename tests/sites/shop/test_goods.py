"""The goods: complete, of one vocabulary, and honest about what is in them."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from webapp.content import extract
from webapp.sites.shop import goods
from webapp.sites.shop.goods import CATEGORIES, GOODS, TAGS, Good

every_good = pytest.mark.parametrize("good", GOODS.values(), ids=GOODS)


@every_good
def test_slug_fits_into_a_cookie_name(good: Good) -> None:
    """A slug is short and of letters, digits and hyphens that every part of a cookie name may have."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", good.slug)
    assert len(good.slug) <= 24


def test_no_good_is_lost_to_a_slug_used_twice() -> None:
    """Each good that is declared is for sale, under a name of its own."""
    files = Path(goods.__file__).parent.glob("*.toml")
    declared = [slug for file in files for slug in tomllib.loads(file.read_text("utf-8"))]
    assert sorted(declared) == sorted(GOODS) and len(declared) >= 60
    assert len({good.name for good in GOODS.values()}) == len(declared)
    assert len({good.story for good in GOODS.values()}) == len(declared)


@every_good
def test_price_is_that_of_a_bakery(good: Good) -> None:
    """A price is in whole cents, from a roll to a stollen."""
    assert isinstance(good.price, int)
    assert 80 <= good.price <= 4500


@every_good
def test_story_is_a_few_whole_sentences(good: Good) -> None:
    """A story is text without stray spaces that ends with a full stop."""
    assert good.story.endswith(".")
    assert good.story == " ".join(good.story.split())
    assert 80 <= len(good.story) <= 240


@every_good
def test_words_are_of_the_vocabulary(good: Good) -> None:
    """Category and tags are known, and no tag is given twice."""
    assert good.category in CATEGORIES
    assert good.tags
    assert set(good.tags) <= set(TAGS)
    assert len(set(good.tags)) == len(good.tags)


@every_good
def test_vegan_goods_are_vegan(good: Good) -> None:
    """Nothing is both vegan and made with butter, cheese or honey."""
    assert "vegan" not in good.tags or not {"butter", "cheese", "honey"} & set(good.tags)


def test_every_tag_leads_from_one_good_to_another() -> None:
    """Each tag is on two goods or more, each category holds some, so that neither is a dead end."""
    tagged = Counter(tag for good in GOODS.values() for tag in good.tags)
    assert {tag for tag in TAGS if tagged[tag] < 2} == set()
    assert {good.category for good in GOODS.values()} == set(CATEGORIES)


def test_a_third_is_cookies() -> None:
    """This is a site about cookies."""
    assert sum(good.category == "cookies" for good in GOODS.values()) * 3 >= len(GOODS)


def test_goods_cannot_be_changed() -> None:
    """A request can't alter what the next visitor is offered."""
    with pytest.raises(AttributeError):
        GOODS["rye-bread"].price = 1


def test_every_text_is_marked_for_translation() -> None:
    """Whatever is written for visitors stands inside N_(...), or where the catalogues look into the goods' files."""
    source = Path(goods.__file__).read_text(encoding="utf-8")
    assert not re.findall(r'^    "\w+": (?!N_\()', source, re.M)
    collected = set()
    for path in Path(goods.__file__).parent.glob("*.toml"):
        with path.open("rb") as file:
            collected |= {text for _, _, text, _ in extract(file, (), (), {})}
    assert collected == {text for good in GOODS.values() for text in (good.name, good.story)}
