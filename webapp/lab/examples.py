"""Questions that people really have: the examples of the question, by what was done wrong."""

from dataclasses import dataclass, replace
from pathlib import Path

from webapp import content
from webapp.lab.presets import spelled


@dataclass(frozen=True)
class Example:
    """A question with its title: what stands in the fields of the form."""

    key: str
    title: str
    line: str
    set_by: str
    to: str
    asked_by: str = ""
    page: str = ""
    third_party: str = ""
    before: str = ""
    before_by: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The parameters of its address."""
        return {name: text for name, text in vars(self).items() if text and name not in ("key", "title")}


EXAMPLES = tuple(
    replace(example, line=spelled(example.line))
    for example in content.read(Path(__file__).with_suffix(".toml"), tuple[Example, ...], "examples")
)
