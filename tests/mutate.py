"""Faults made by hand, by the dozen: which of them do the tests that own the code let live?

    .venv/bin/python -m tests.mutate webapp/consent
    .venv/bin/python -m tests.mutate webapp/wire/record/masking.py --tests tests/wire --most 100 --seed 7

Each mutant is one small change in a copy of the project; the tests run until the first of them fails. A survivor is a
promise that no test keeps, or code that nobody needs, or a change that changes nothing: somebody has to look.
"""

import argparse
import ast
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "instance")
OTHER = {
    **{
        ast.Eq: ast.NotEq,
        ast.NotEq: ast.Eq,
        ast.In: ast.NotIn,
        ast.NotIn: ast.In,
        ast.Is: ast.IsNot,
        ast.IsNot: ast.Is,
    },
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr},
}
WORDS = {"N_", "_", "gettext", "ngettext"}  # what people read: another wording is no fault


class Mutant(NamedTuple):
    """One change: in `file`, the octets of `node` are replaced by `text`."""

    file: Path
    node: ast.AST
    text: str

    def source(self) -> bytes:
        """Return the file with the change."""
        lines = self.file.read_bytes().splitlines(keepends=True)
        first, last = self.node.lineno - 1, self.node.end_lineno - 1
        before, after = lines[first][: self.node.col_offset], lines[last][self.node.end_col_offset :]
        return b"".join([*lines[:first], before + self.text.encode() + after, *lines[last + 1 :]])


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield (what is replaced, by what) for a node: one fault each."""
    match node:
        case ast.Compare(left, [operator], [right]) if type(operator) in OTHER:
            yield node, ast.Compare(left, [OTHER[type(operator)]()], [right])
        case ast.BoolOp(operator, values):
            yield node, ast.BoolOp(OTHER[type(operator)](), values)
            for value in values:
                kept = [other for other in values if other is not value]
                yield node, ast.BoolOp(operator, kept) if len(kept) > 1 else kept[0]
        case ast.BinOp(left, operator, right) if type(operator) in OTHER:
            yield node, ast.BinOp(left, OTHER[type(operator)](), right)
        case ast.UnaryOp(ast.Not(), operand):
            yield node, operand
        case ast.If(test) | ast.IfExp(test) | ast.While(test):
            yield from ((test, ast.Constant(value)) for value in (True, False) if ast.unparse(test) != str(value))
        case ast.comprehension(ifs=tests):
            yield from ((test, ast.Constant(True)) for test in tests)
        case ast.Constant(bool(value)):
            yield node, ast.Constant(not value)
        case ast.Constant(int(value)):
            yield node, ast.Constant(value + 1)
        case ast.Constant(str(value)):
            yield node, ast.Constant(value + "!")
        case ast.Return(value) if not (value is None or isinstance(value, ast.Constant)):
            yield value, ast.Constant(None)
        case ast.Expr(ast.Call()) | ast.AugAssign() | ast.Delete() | ast.Raise():
            yield node, ast.Pass()
        case ast.Call(function, arguments, keywords):
            for keyword in keywords:
                yield node, ast.Call(function, arguments, [other for other in keywords if other is not keyword])
        case ast.Tuple(values, ast.Load()) | ast.List(values, ast.Load()) | ast.Set(values) if len(values) > 1:
            yield node, type(node)(**{**vars(node), "elts": values[:-1]})


def left_alone(tree: ast.AST) -> set[ast.AST]:
    """Return the nodes whose change nobody could see: types, docstrings, parts of f-strings, words for people."""
    alone: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Name(name)) if name in WORDS:
                alone |= set(ast.walk(node))
            case ast.Raise(exc=error) if error:
                alone |= set(ast.walk(error))
            case ast.JoinedStr():
                alone |= {part for part in ast.walk(node) if part is not node}
            case ast.Expr(ast.Constant()):
                alone |= {node, node.value}
            case ast.Assign([ast.Name("__all__")]):
                alone |= set(ast.walk(node))
        for kind in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            alone |= set(ast.walk(kind)) if kind else set()
    return alone


def mutants(file: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file."""
    tree = ast.parse(file.read_bytes())
    alone = left_alone(tree)
    for node in ast.walk(tree):
        for old, new in () if node in alone else changes(node):
            text = ast.unparse(new)
            yield Mutant(file, old, f"({text})" if isinstance(new, ast.expr) else text)


def owner(target: Path) -> Path:
    """Return the tests that own some code: the folder of the same name, or the file, or those of what is around it."""
    inside = target.relative_to(ROOT / "webapp").with_suffix("")
    for path in (ROOT / "tests" / inside, ROOT / "tests" / f"test_{inside}.py"):
        if path.exists():
            return path
    return owner(target.parent) if len(inside.parts) > 1 else ROOT / "tests"


def run(copy: Path, tests: Path, seconds: float | None = None) -> bool:
    """Tell whether the tests pass in the copy; they do not when they never end."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", str(tests.relative_to(ROOT))]
    # Without bytecode: a change within a second that keeps the size of a file would not be seen.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CRUMBTEST_DRILLS": "1"}
    try:
        return not subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=seconds).returncode
    except subprocess.TimeoutExpired:
        return False


def main() -> int:
    """Try mutants of a file or a folder, and print those that live; 1 when there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutate", description=__doc__.partition("\n")[0])
    parser.add_argument("target", type=Path, help="a file or a folder in webapp/")
    parser.add_argument("--tests", type=Path, help="a file or a folder in tests/; by default the one of the same name")
    parser.add_argument("--most", type=int, default=40, help="how many mutants, drawn by chance (default 40)")
    parser.add_argument("--seed", type=int, default=0, help="another seed draws others")
    asked = parser.parse_args()
    target = asked.target.resolve()
    tests = asked.tests.resolve() if asked.tests else owner(target)
    files = sorted(target.rglob("*.py")) if target.is_dir() else [target]
    made = [mutant for file in files for mutant in mutants(file)]
    chosen = random.Random(asked.seed).sample(made, min(asked.most, len(made)))
    lived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT, Path(folder) / "copy", ignore=NOT_COPIED))
        began = time.monotonic()
        if not run(copy, tests):
            raise SystemExit(f"{tests.relative_to(ROOT)} fails as it is")
        patience = 3 * (time.monotonic() - began) + 10
        for number, mutant in enumerate(sorted(chosen, key=lambda mutant: (mutant.file, mutant.node.lineno)), 1):
            print(f"\r{number} of {len(chosen)}", end="", file=sys.stderr, flush=True)
            name, before, after = mutant.file.relative_to(ROOT), mutant.file.read_bytes(), mutant.source()
            (copy / name).write_bytes(after)
            if run(copy, tests, patience):
                lived += 1
                lines = [text.decode().splitlines() for text in (before, after)]
                changed = [
                    line
                    for line in difflib.unified_diff(*lines, n=0, lineterm="")
                    if line[:2] not in ("--", "++", "@@")
                ]
                print(f"\r{name}:{mutant.node.lineno}", *changed, sep="\n", flush=True)
            (copy / name).write_bytes(before)
    print(f"\r{lived} of {len(chosen)} mutants lived ({len(made)} could be made); {tests.relative_to(ROOT)}")
    return lived > 0


if __name__ == "__main__":
    sys.exit(main())
