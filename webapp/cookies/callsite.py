"""Which line of the site's own code asked for a cookie."""

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SITE = (ROOT / "webapp").as_posix() + "/"
# The centre and the wiring only pass on what a feature asked for.
_PASSING_ON = tuple(
    _SITE + place for place in ("cookies/", "wire/response.py", "security/session.py", "sandbox.py", "__init__.py")
)


@dataclass(frozen=True)
class CallSite:
    """A place in the site's own code; `file` is relative to the project, with forward slashes."""

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}()"


def find_call_site() -> CallSite | None:
    """Return the innermost line of a feature on the stack, None when no feature is on it."""
    frame = sys._getframe(1)
    while frame is not None:
        filename = frame.f_code.co_filename.replace("\\", "/")
        if filename.startswith(_SITE) and not filename.startswith(_PASSING_ON):
            return CallSite(filename[len(_SITE) - len("webapp/") :], frame.f_lineno, frame.f_code.co_name)
        frame = frame.f_back
    return None
