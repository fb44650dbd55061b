"""The benchmarks' table, and that each group can be found; of the figures those are held that repeat: instructions."""

import importlib
import re
import shutil
import subprocess
import sys

import pytest

from bench.__main__ import GROUPS
from bench.figure import Figure
from bench.instructions import TABLE, TAKEN_ON
from bench.references import bare
from bench.visitors import ask, cookie_header, returning
from webapp.settings import ROOT


@pytest.mark.parametrize(
    ("measured", "at_least", "verdict"),
    [
        (8, False, "reached"),
        (8.001, False, "**missed**"),
        (99, True, "reached"),
        (7, True, "**missed**"),
        (None, False, "left out"),
    ],
)
def test_a_missed_figure_is_printed_as_missed(measured, at_least, verdict):
    """The verdict compares with the reach, in the direction of the figure."""
    row = Figure("cold start", 8, measured, "times", at_least).row()
    assert row.endswith(f"| {verdict} |")


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_takes_figures(group):
    """Each group is a module with `figures`."""
    assert callable(importlib.import_module(f"bench.{group}").figures)


def test_the_measured_visitor_is_the_declared_one(make_app):
    """The visitor whose pages are measured sends every cookie that the figures name."""
    app = make_app(DEMO_ACCOUNTS=False)
    names = [pair.partition("=")[0] for pair in cookie_header(returning(app, language="en")).split("; ")]
    assert {"crumb_session", "remember", "known", "theme", "dock", "wire"} <= set(names)
    assert sum(name.startswith("recent_shop.") for name in names) == 8


def test_a_bare_page_has_the_size_asked_for():
    """The reference sends as many bytes as the page that it is compared with."""
    assert ask(bare(1234).wsgi_app, "/")[2] == b"x" * 1234


def test_what_only_tells_has_no_verdict():
    """A figure that has nothing to reach is printed without a reach and a verdict."""
    assert Figure("stages: shop", None, 2.5, "ms: jar 8%").row() == "| stages: shop | 2.50 | - | ms: jar 8% |  |"


@pytest.mark.whole("it counts under valgrind for minutes, and most changes move no figure by a twentieth")
def test_pages_take_the_instructions_that_were_counted_last():
    """Each page takes, within 5 %, as many bare requests as the table says: more is to be mended, less noted."""
    if not shutil.which("valgrind"):
        pytest.skip("valgrind is not installed")
    if sys.version_info[:2] != TAKEN_ON:
        pytest.skip("the table was taken on Python {}.{}".format(*TAKEN_ON))
    result = subprocess.run(
        [sys.executable, "-m", "bench", "instructions"], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    measured = dict(re.findall(r"^\| instructions: (.*?) \| ([0-9.,]+) \|", result.stdout, re.MULTILINE))
    counted = {name: float(measured[name].replace(",", "")) for name, *_ in TABLE}
    assert counted == {name: pytest.approx(last, rel=0.05) for name, _, last, *_ in TABLE}
