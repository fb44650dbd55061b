"""What the judge makes of exchanges: a step as somebody may do it, in order and out of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.lessons.playing import shown
from webapp.lessons.judge import judge
from webapp.lessons.lesson import Instead, Open, Seen, Step
from webapp.wire.record.exchange import Withheld

FIRST = Seen(method="POST", path="/bake", sets="loaf=*")
SECOND = Seen(method="GET", path="/shelf?q=*", sends=("loaf=rye", "knife=*"), lacks="mould=*")
INSTEAD = Instead(seen=Seen(method="POST", path="/bake", sets="loaf=burnt*"), text="Burnt.", at="/")
MEANWHILE = Seen(method="POST", path="/stir")
UNDOES = Seen(method="POST", path="/spill")
STEP = Step(
    do="", watch="", why="", note="", at="/", seen=(FIRST, SECOND), acts=(Open("/"),), instead=(INSTEAD,),
    meanwhile=(MEANWHILE,), undoes=(UNDOES,),
)  # fmt: skip
LOAF, SHELF, BURNT, STIR, SPILT = map(shown, (FIRST, SECOND, INSTEAD.seen, MEANWHILE, UNDOES))
OTHER = shown(Seen(method="POST", path="/elsewhere"))
LOOK = shown(Seen(method="GET", path="/elsewhere"))
LOG_IN = shown(Seen(method="POST", path="/login"))


def kept_back(path: str = "/bake"):
    exchange = shown(Seen(method="POST", path=path))
    exchange.withheld.append(Withheld("loaf", "history", None))
    return exchange


@pytest.mark.parametrize(
    ("exchanges", "state", "parts"),
    [
        ([], "waiting", 0),
        ([LOAF], "waiting", 1),
        ([LOAF, SHELF], "done", 2),
        ([LOAF, SHELF, OTHER], "done", 2),
        ([SHELF], "waiting", 0),
        ([SHELF, LOAF], "waiting", 1),
        ([LOAF, LOOK, STIR, LOG_IN, SHELF], "done", 2),
        ([STIR], "waiting", 0),
        ([LOG_IN], "waiting", 0),
        ([LOOK], "waiting", 0),
        ([OTHER], "other", 0),
        ([OTHER, LOAF], "waiting", 1),
        ([LOAF, OTHER], "other", 1),
        ([LOAF, OTHER, SHELF], "done", 2),
        ([LOAF, BURNT, SHELF], "done", 2),
        ([SPILT], "waiting", 0),
        ([LOAF, SPILT], "waiting", 0),
        ([LOAF, SPILT, SHELF], "waiting", 0),
        ([LOAF, OTHER, SPILT], "waiting", 0),
        ([LOAF, SPILT, LOAF, SHELF], "done", 2),
        ([LOAF, SHELF, SPILT], "done", 2),
        ([OTHER, SPILT], "waiting", 0),
        ([BURNT, SPILT], "waiting", 0),
        ([BURNT, LOOK], "other", 0),
        ([kept_back(), SPILT], "other", 0),
    ],
)
def test_a_step_of_two_parts(exchanges, state, parts):
    """They count in their order, each once, until something undoes them, and with them what was not right.

    Why cookies were held back stays said. What belongs to a step or brings what it needs is never something else.
    """
    judgement = judge(STEP, exchanges)
    assert (judgement.state, judgement.parts) == (state, parts)
    undone = exchanges[:1] == [LOAF] and SPILT in exchanges and parts == 0
    assert (judgement.by is SPILT) == undone, "it tells what undid them, if anything"


@pytest.mark.parametrize(
    ("parts", "exchanges", "state", "in_all"),
    [
        (1, [], "waiting", 1),
        (1, [LOOK], "waiting", 1),
        (1, [SHELF], "done", 2),
        (1, [SPILT], "waiting", 0),
        (2, [], "done", 2),
        (2, [LOOK], "done", 2),
        (2, [SPILT], "done", 2),
        (9, [LOOK], "done", 9),
    ],
)
def test_what_was_done_before(parts, exchanges, state, in_all):
    """It goes on from the parts that the record shows no more, or that somebody says were there."""
    judgement = judge(STEP, exchanges, parts)
    assert (judgement.state, judgement.parts) == (state, in_all)


@pytest.mark.parametrize(
    ("exchanges", "parts"),
    [([], 0), ([0], 1), ([0, 1], 2), ([0, 1, 2], 3), ([0, 2], 3), ([2], 0), ([2, 0], 1), ([2, 1, 2], 0)],
)
def test_what_only_time_brings(exchanges, parts):
    """It shows the parts before it, once the first was there, and is none before the time has passed."""
    wishes = FIRST, SECOND, Seen(method="GET", path="/crumbs", late=3)
    step, crossed = replace(STEP, seen=wishes), [shown(seen) for seen in wishes]
    soon = judge(step, [crossed[number] for number in exchanges])
    assert soon.state == "waiting" and soon.parts == min(parts, 2) - (exchanges == [0, 2])
    crossed[2] = replace(crossed[2], at=crossed[2].at + timedelta(minutes=3))
    assert judge(step, [crossed[number] for number in exchanges]).parts == parts


def test_what_looks_right_and_is_not():
    """An instead that fits is what is said, though the wish fits as well; and the part does not count."""
    judgement = judge(STEP, [BURNT])
    assert FIRST.fits(BURNT) and (judgement.state, judgement.instead, judgement.parts) == ("other", INSTEAD, 0)


def test_why_it_was_held_back_stays_said():
    """Whatever form follows, such as that of the choice, until the part is done."""
    for following in ([], [OTHER], [LOOK], [shown(Seen(method="POST", path="/consent"))]):
        judgement = judge(STEP, [kept_back(), *following])
        assert (judgement.state, judgement.withheld.name) == ("other", "loaf")
    assert judge(STEP, [kept_back(), LOAF]).withheld is None


def test_what_was_held_back_from_another_request_is_not_said():
    """The same cookie, kept back at another address, says nothing of the step."""
    assert judge(STEP, [kept_back("/elsewhere")]).withheld is None


@pytest.mark.parametrize(
    ("seen", "fits"),
    [
        (Seen(sends="loaf=rye"), True),
        (Seen(sends="loaf"), False),
        (Seen(sends=("loaf=*", "knife=*")), True),
        (Seen(sends=("loaf=*", "fork=*")), False),
        (Seen(sends="loaf=*; knife=*"), True),
        (Seen(sends="knife=*; loaf=*"), False),
        (Seen(lacks=("fork=*", "spoon=*")), True),
        (Seen(lacks=("fork=*", "loaf=*")), False),
        (Seen(path="/shelf"), True),
        (Seen(path="/shelf?q=x"), True),
        (Seen(path="/shelf?q=?"), False),
        (Seen(path="/shel?"), False),
        (Seen(path="/[s]helf"), False),
        (Seen(method="POST"), False),
        (Seen(status=303), False),
        (Seen(cross_site=True), False),
        (Seen(sets="loaf=*"), False),
        (Seen(sets_no="loaf=*"), True),
        (Seen(deletes="loaf=*"), False),
        (Seen(withholds="loaf"), False),
        (Seen(either=(Seen(method="POST"), Seen(sends="knife=*"))), True),
        (Seen(either=(Seen(method="POST"), Seen(sends="fork=*"))), False),
    ],
)
def test_what_an_exchange_shows(seen, fits):
    """Each wish by itself: all of several, none of those against, one of either; ? and [ are letters."""
    assert seen.fits(SHELF) is fits


def test_a_cookie_that_is_not_set():
    """`sets_no` looks at each line, and a deletion sets nothing."""
    assert not Seen(sets_no="loaf=*").fits(LOAF)
    assert Seen(sets_no="loaf=*").fits(shown(Seen(deletes="loaf=")))


def test_a_prefix_of_https_may_be_left_out():
    """Of each pair in a whole header as of a single one."""
    exchange = shown(Seen(sends="__Secure-draft.a=1; __Host-draft.b=2"))
    for wish in ("draft.a=1", "draft.b=2", "draft.a=*; draft.b=*", "*draft.*; draft.*", "__Secure-draft.a=1"):
        assert Seen(sends=wish).fits(exchange), wish


@pytest.mark.parametrize(
    ("ways", "done"), [(("a", "b"), {"ab", "ba"}), (("a",), {"aa"}), ((), {"aa", "ab", "ba", "bb"})]
)
def test_two_parts_of_the_same_ways_take_two_of_them(ways, done):
    """In either order; where there is but one way, or no wish for any, the same does both."""
    part = Seen(method="POST", either=tuple(Seen(path=f"/{way}") for way in ways))
    step = replace(STEP, seen=(part, part), instead=())
    sent = {path: shown(Seen(method="POST", path=f"/{path}")) for path in "ab"}
    found = {one + two for one in "ab" for two in "ab" if judge(step, [sent[one], sent[two]]).state == "done"}
    assert found == done
