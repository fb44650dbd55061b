"""Templates in the visitor's language: four tricks for speed, and all that Flask and Jinja document works.

The figures are instructions of the shop's overview, by callgrind, that come on top without the trick.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from threading import RLock
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

from .language import current_language, speaker


class FoldTexts(Extension):
    """Translates at compile time (4 %): `_("text")` becomes a string; a call with more than one string stays a call."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace each `_`, `(`, string, `)` by the string that the call returns."""
        held: list[Token] = []
        for token in stream:
            held.append(token)
            while held and not _begins_text(held):
                yield held.pop(0)
            if len(held) == 4:
                yield Token(held[0].lineno, "string", self.environment.globals["_"](held[2].value))
                held = []
        yield from held


def _begins_text(tokens: list[Token]) -> bool:
    shape = ("name", "lparen", "string", "rparen")
    return tokens[0].value == "_" and all(token.type == kind for token, kind in zip(tokens, shape, strict=False))


class Cache(Extension):
    """`{% cache key, ... %}` to `{% endcache %}` keeps a part of a page, in each language (9 %; of a first visit 21 %).

    The keys are all that the part depends on. What visitors write may be among them, as in the way back: so it is
    bounded, and what is long is written anew.
    """

    tags = frozenset({"cache"})
    MOST, LONGEST = 2048, 16_384  # parts, letters of one

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.parts: dict[tuple[Any, ...], Markup] = {}

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        """Turn the tag into a call of `_part`; while templates are edited, and in a nameless one, into its body."""
        line = next(parser.stream).lineno
        keys = parser.parse_tuple(with_condexpr=False)
        body = parser.parse_statements(("name:endcache",), drop_needle=True)
        if self.environment.auto_reload or parser.name is None:
            return body
        place = nodes.Const(f"{parser.name} {parser.free_identifier().name}")
        return nodes.CallBlock(self.call_method("_part", [place, keys]), [], [], body).set_lineno(line)

    def _part(self, place: str, keys: Any, caller: Callable[[], Markup]) -> Markup:
        part = self.parts.get((place, keys))
        if part is None:
            part = caller()
            if len(self.parts) >= self.MOST:
                self.parts.clear()
            if len(part) <= self.LONGEST:
                self.parts[place, keys] = part
        return part


_FUNCTIONS = frozenset({FunctionType, MethodType})


class _Context(Context):
    """A template's variables; most that a page calls is no class with a marked `__call__`, and Jinja looks (11 %)."""

    def call(
        self, function: Callable, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **values: Any
    ) -> Any:
        """Call the function, with what `@pass_context` and its like ask for."""
        kind = type(function)
        # A mark is an attribute of the function, which a bound method passes on; what is written in C has none.
        if kind is BuiltinMethodType or (kind in _FUNCTIONS and not function.__dict__):
            return function(*args, **values)
        return super().call(function, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **values)


class LanguageEnvironment(Environment):
    """Compiles each template once a language, so that texts are constants and no text asks for the language."""

    context_class = _Context
    language: str | None = None

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._compiling: dict[str, Environment] = {}
        self._one_at_a_time = RLock()  # after a start many ask at once for what is not compiled yet

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one plain dict: Jinja's chain of two is searched name by name at each import of a template (13 %)."""
        return {**self.globals, **(d or {})}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Mapping[str, Any] | None = None
    ) -> Template:
        """Return the template as compiled for the language of this request."""
        if self.language:
            with self._one_at_a_time:
                return super().get_template(name, parent, globals)
        language = current_language()
        with self._one_at_a_time:
            if language not in self._compiling:
                self._compiling[language] = self._compiler(language)
        return self._compiling[language].get_template(name, parent, globals)

    def _compiler(self, language: str) -> Environment:
        environment, speak = self.overlay(cache_size=400), speaker(language)
        environment.language = language
        texts = {"_": speak.gettext, "ngettext": speak.ngettext, "pgettext": speak.pgettext, "locale": speak.locale}
        environment.globals = {**self.globals, **texts}
        names = ("ago", "day", "duration", "moment", "month", "number", "price")
        environment.filters = {**self.filters, **{name: getattr(speak, name) for name in names}}
        environment.add_extension(FoldTexts)
        environment.add_extension(Cache)
        return environment
