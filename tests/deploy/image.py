"""What deploy/Dockerfile makes, without a container engine: its steps in an empty folder, as a user without rights."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from run import ROOT

from .running import DEPLOY

HOME = "/srv/crumb"
USER = os.geteuid() or 10001
# A Python that every user may start; `python` is its name in the image.
PYTHON = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin")


def without_rights(user: int = USER) -> list[str]:
    """Return what makes a command run as a user other than root; setpriv becomes the command, so its pid stays."""
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if os.geteuid() == 0 else []


@contextmanager
def open_folder() -> Iterator[Path]:
    """Give a folder that other users may enter; pytest's own are closed to them."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@dataclass
class Image:
    """A folder in the place of the image's own, and what the image says of it."""

    folder: Path
    base: str = ""
    user: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def here(self, text: str) -> str:
        """Return a text of the file with this folder and this user in it."""
        return text.replace(HOME, str(self.folder)).replace("10001:10001", f"{USER}:{USER}")

    def run(self, command: list[str], **environment: str) -> subprocess.CompletedProcess:
        """Run a command to its end, as whoever has no rights."""
        return subprocess.run(
            [*without_rights(), *command],
            cwd=self.folder, env=self.environment | environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


def build(folder: Path) -> Image:
    """Do what the file says; AssertionError for a step that fails, or that is not understood."""
    image = Image(folder / "crumb")
    image.folder.mkdir()
    (folder / "bin").mkdir()
    (folder / "bin/python").symlink_to(PYTHON)
    os.chown(image.folder, USER, -1)
    # How this machine reaches its packages.
    image.environment = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    image.environment["PATH"] = f"{folder / 'bin'}:/usr/bin:/bin"
    for line in re.sub(r"\\\n", "", (DEPLOY / "Dockerfile").read_text()).splitlines():
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            image.base = rest
        elif word == "COPY":
            *sources, target = rest.split()
            for source in sources:
                _copy(ROOT / source, image.folder / target)
        elif word == "RUN":
            done = image.run(["sh", "-c", image.here(rest)])
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        elif word == "ENV":
            for pair in shlex.split(image.here(rest)):
                name, _, value = pair.partition("=")
                image.environment[name] = value.replace("$PATH", image.environment["PATH"])
        elif word == "USER":
            image.user = rest
        elif word == "CMD":
            image.command = json.loads(rest)
        elif word == "HEALTHCHECK":
            image.health = ["sh", "-c", rest.partition("CMD ")[2]]
        else:
            assert (word, rest) in {("WORKDIR", HOME), ("VOLUME", f"{HOME}/instance"), ("EXPOSE", "8000")}, line
    for path in (image.folder, *image.folder.rglob("*")):
        if not path.is_symlink() and image.folder / "instance" not in (path, *path.parents):
            path.chmod(path.stat().st_mode & ~0o222)
    return image


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.mkdir(exist_ok=True)
        shutil.copy(source, target)
