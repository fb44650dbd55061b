"""Takes the figures and prints the table: `python -m bench [group ...]`; needs the lock of the tests."""

import importlib
import os
import sys
import tempfile
import time

from bench.figure import HEAD

GROUPS = (
    "instructions",
    "stages",
    "server",
    "statements",
    "cookies",
    "start",
    "memory",
    "first_visit",
    "people",
    "lighthouse",
    "scale",
)
_CORES = 2  # what the figures are given for


def main(names: list[str]) -> int:
    """Print the figures of the named groups, of all for none; return 2 for a name that is no group."""
    if unknown := set(names) - set(GROUPS):
        print(f"{', '.join(sorted(unknown))}: the groups are {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    # Without bytecode kept, each process that is started would compile all that it imports.
    for name in [name for name in os.environ if name.startswith("CRUMB_") or name == "PYTHONDONTWRITEBYTECODE"]:
        del os.environ[name]
    try:
        importlib.import_module("bench.visitors")
    except ModuleNotFoundError as error:
        print(f"{error.name} is missing: pip install --require-hashes -r requirements-dev.txt", file=sys.stderr)
        return 2
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])
    print(HEAD, flush=True)
    for name in names or GROUPS:
        began = time.monotonic()
        # An instance of its own for each group: the servers, and every process that is started, find it by this name.
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CRUMB_INSTANCE"] = folder
            for figure in importlib.import_module(f"bench.{name}").figures():
                print(figure.row(), flush=True)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
