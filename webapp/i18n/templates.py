"""Templates in the visitor's language: four tricks for speed, and all that Flask and Jinja document works.

The figures are instructions of the shop's overview, by callgrind, that come on top without the trick.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from types import FunctionType
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment
from jinja2 import Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from werkzeug.routing import BuildError

from .language import current_language, speaker


class FoldConstants(Extension):
    """Works out at compile time what is the same at every request (4 % for texts, 2 % for addresses).

    `_("text")` and `url_for("endpoint")` become strings; a call with more than one string stays a call.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace each name of the two, `(`, string, `)` by the string that the call returns."""
        held: list[Token] = []
        for token in stream:
            held.append(token)
            while held and not self._begins_call(held):
                yield held.pop(0)
            if len(held) == 4:
                try:
                    yield Token(held[0].lineno, "string", self.environment.globals[held[0].value](held[2].value))
                except BuildError:  # only for whoever gets to that line
                    yield from held
                held = []
        yield from held

    def _begins_call(self, tokens: list[Token]) -> bool:
        if tokens[0].value not in ("_", "url_for") or (tokens[0].value == "url_for" and not self.environment.at_root):
            return False
        # An endpoint that begins with a dot belongs to the blueprint of the request.
        shape = ("name", "lparen", "string", "rparen")
        return all(token.type == kind for token, kind in zip(tokens, shape, strict=False)) and (
            len(tokens) < 3 or not tokens[2].value.startswith(".")
        )


class _Context(Context):
    """A template's variables; most that a page calls is no class with a marked `__call__`, and Jinja looks (7 %)."""

    def call(
        self, function: Callable, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **values: Any
    ) -> Any:
        """Call the function, with what `@pass_context` and its like ask for."""
        # A bound method asks its function, and where that says no it takes ten times as long as the function alone.
        plain = getattr(function, "__func__", function)
        if type(plain) is FunctionType and not hasattr(plain, "jinja_pass_arg"):
            return function(*args, **values)
        return super().call(function, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **values)


class LanguageEnvironment(Environment):
    """Compiles each template once a language, so that texts are constants and no text asks for the language."""

    context_class = _Context
    language: str | None = None
    at_root = False

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._compiling: dict[tuple[str, bool], Environment] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one plain dict: Jinja's chain of two is searched name by name at each import of a template (11 %)."""
        return {**self.globals, **(d or {})}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Mapping[str, Any] | None = None
    ) -> Template:
        """Return the template as compiled for the language of this request."""
        if self.language:
            return super().get_template(name, parent, globals)
        # Below another path, or where a function has a say in them, addresses are not the same at every request.
        at_root = has_request_context() and not request.root_path and not self.app.url_default_functions
        chosen = current_language(), at_root
        if chosen not in self._compiling:
            self._compiling[chosen] = self._compiler(*chosen)
        return self._compiling[chosen].get_template(name, parent, globals)

    def _compiler(self, language: str, at_root: bool) -> Environment:
        environment, speak = self.overlay(cache_size=400), speaker(language)
        environment.language, environment.at_root = language, at_root
        texts = {"_": speak.gettext, "ngettext": speak.ngettext, "pgettext": speak.pgettext, "locale": speak.locale}
        environment.globals = {**self.globals, **texts}
        names = ("ago", "duration", "moment", "month", "number", "price")
        environment.filters = {**self.filters, **{name: getattr(speak, name) for name in names}}
        environment.add_extension(FoldConstants)
        return environment
