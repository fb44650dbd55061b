"""The benchmarks' table, and that each group can be found; the figures themselves are never tested."""

import importlib

import pytest

from bench.__main__ import GROUPS
from bench.figure import Figure
from bench.references import bare
from bench.visitors import ask, cookie_header, returning


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
