"""Which line of the app's own code asked for a cookie."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType


@dataclass(frozen=True)
class CallSite:
    """A place in the app's own code; `file` is relative to the app's root folder, with forward slashes."""

    file: str
    line: int
    function: str

    @property
    def short(self) -> str:
        """Return the name of the file with its folder, and the line."""
        return f"{'/'.join(self.file.split('/')[-2:])}:{self.line}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}()"


class Finder:
    """Finds the call site: the innermost line on the stack that is the app's own and does not only pass on.

    Own is what belongs to the top-level package (or module) `package`. `passing_on` names modules to pass over; a name
    that ends in a dot stands for all modules below it.
    """

    def __init__(self, package: str, root: str, passing_on: Sequence[str]) -> None:
        self._package, self._below = package, f"{package}."
        self._root = root.replace("\\", "/") + "/"
        self._modules = frozenset(passing_on)
        self._packages = (f"{__package__}.", *(name for name in passing_on if name.endswith(".")))

    def __call__(self) -> CallSite | None:
        """Return the call site, None when no code of the app's own is on the stack."""
        frame: FrameType | None = sys._getframe(1)
        while frame:
            name = frame.f_globals.get("__name__", "")
            if (name.startswith(self._below) or name == self._package) and not (
                name in self._modules or name == __package__ or name.startswith(self._packages)
            ):
                file = frame.f_code.co_filename.replace("\\", "/").removeprefix(self._root)
                return CallSite(file, frame.f_lineno, frame.f_code.co_name)
            frame = frame.f_back
        return None
