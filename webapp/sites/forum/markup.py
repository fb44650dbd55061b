"""What people write, as HTML: a small part of Markdown, and never any HTML of theirs."""

import re
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from webapp.i18n import with_lang
from webapp.security import safe_path

_RULES = ("emphasis", "link", "autolink", "backticks", "fence", "list", "blockquote", "newline")
_ADDRESS = re.compile(r"https?://[^/]", re.IGNORECASE)


def _may_link(address: str) -> bool:
    """Tell whether a link may lead there: any web page, and paths on this site."""
    return bool(_ADDRESS.match(address)) or bool(safe_path(address, ""))


def _link_open(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    tokens[index].attrSet("rel", "nofollow ugc noopener")
    return renderer.renderToken(tokens, index, options, env)


def _fence(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    tokens[index].info = ""  # a language would become a class
    return renderer.fence(tokens, index, options, env)


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt  # slow to import, and most processes' first pages show no thread

    markdown = MarkdownIt("zero", {"html": False, "breaks": True}).enable(_RULES)
    markdown.validateLink = _may_link
    markdown.add_render_rule("link_open", _link_open)
    markdown.add_render_rule("fence", _fence)
    return markdown


@lru_cache(maxsize=2048, typed=True)
def render(text: str) -> Markup:
    """Return a text as HTML: emphasis, links, code, lists, quotes and line breaks; all else stays as it was typed."""
    return with_lang(text, Markup(_markdown().render(text)), "div")
