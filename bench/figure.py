"""One figure of the table."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure, what it is to reach, and what was measured (None: left out, and `unit` says why).

    `reach` is the most that it may be, or the least where `at_least` is true; None for what only tells.
    """

    name: str
    reach: float | None
    measured: float | None
    unit: str = ""
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Return `reached`, `missed` or `left out`; nothing where nothing is to reach."""
        if self.measured is None:
            return "left out"
        if self.reach is None:
            return ""
        reached = self.measured >= self.reach if self.at_least else self.measured <= self.reach
        return "reached" if reached else "**missed**"

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        sign = "≥" if self.at_least else "≤"
        measured = "-" if self.measured is None else _written(self.measured)
        reach = "-" if self.reach is None else f"{sign} {_written(self.reach)}"
        return f"| {self.name} | {measured} | {reach} | {self.unit} | {self.verdict} |"


HEAD = "| figure | measured | reach | unit | |\n|---|---|---|---|---|"


def _written(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"


def left_out(reach: float, why: str, names: Iterable[str], at_least: bool = False) -> list[Figure]:
    """Return the figures that could not be taken."""
    return [Figure(name, reach, None, why, at_least) for name in names]
