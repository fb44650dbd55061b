"""The source lines behind a call site, highlighted."""

import ast
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from webapp.cookies import CallSite
from webapp.settings import ROOT as FOLDER

ROOT = Path(FOLDER)
_BEFORE, _AFTER = 8, 3  # lines shown around the call


@lru_cache(maxsize=512)
def excerpt(site: CallSite) -> Markup:
    """Return the part of the function around the call as HTML, the calling line marked; empty when there is none."""
    path = (ROOT / site.file).resolve()
    if not path.is_relative_to(ROOT / "webapp") or path.suffix != ".py":
        return Markup("")
    try:
        source = path.read_text("utf-8")
    except OSError:
        return Markup("")
    start, end = max(_function_start(source, site.line), site.line - _BEFORE), site.line + _AFTER
    lines = source.splitlines()[start - 1 : end]
    return coloured("\n".join(lines), linenostart=start, hl_lines=[site.line - start + 1])


def coloured(source: str, **options: Any) -> Markup:
    """Return lines of Python as HTML, numbered; `options` are those of Pygments' formatter."""
    formatter = HtmlFormatter(linenos="inline", cssclass="source", wrapcode=True, **options)
    return Markup(highlight(source, PythonLexer(stripnl=False), formatter))


def _function_start(source: str, line: int) -> int:
    """Return the first line of the innermost function around `line`, its decorators included."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    around = [node for node in functions if node.lineno <= line <= (node.end_lineno or node.lineno)]
    return max((min([node.lineno, *(d.lineno for d in node.decorator_list)]) for node in around), default=1)
