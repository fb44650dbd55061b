"""Templates in the visitor's language: compiled once a language, what is constant worked out then."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context

from .language import current_language, speaker


class FoldConstants(Extension):
    """Works out at compile time what is the same at every request: constant texts and addresses.

    `_("text")`, `url_for("endpoint")` and `asset("path")` become strings; a call with more than one string stays a
    call.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace each name of those three, `(`, string, `)` by the string that the call returns."""
        held: list[Token] = []
        for token in stream:
            held.append(token)
            while held and not _begins_call(held):
                yield held.pop(0)
            if len(held) == 4:
                call = self.environment.globals[held[0].value]
                yield Token(held[0].lineno, "string", call(held[2].value))
                held = []
        yield from held


def _begins_call(tokens: list[Token]) -> bool:
    shape = ("name", "lparen", "string", "rparen")
    return tokens[0].value in ("_", "url_for", "asset") and all(
        token.type == kind for token, kind in zip(tokens, shape, strict=False)
    )


class _Context(Context):
    """A template's variables; Jinja asks at each call whether the function wants them, and none of ours does."""

    def call(
        self, function: Callable, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **values: Any
    ) -> Any:
        """Call the function."""
        return function(*args, **values)


class LanguageEnvironment(Environment):
    """Compiles each template once a language."""

    context_class = _Context
    language: str | None = None

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._in_language: dict[str, Environment] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one plain dict: Jinja's chain of two is searched name by name at each import of a template."""
        return {**self.globals, **(d or {})}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Mapping[str, Any] | None = None
    ) -> Template:
        """Return the template as compiled for the language of this request."""
        if self.language:
            return super().get_template(name, parent, globals)
        language = current_language()
        if language not in self._in_language:
            environment = self.overlay(cache_size=400)
            environment.language = language
            speak = speaker(language)
            # Bound to the language once, so that no text asks for the language of the request again.
            texts = {"_": speak.gettext, "ngettext": speak.ngettext, "locale": speak.locale}
            environment.globals = {**self.globals, **texts}
            names = ("ago", "duration", "moment", "number", "price")
            environment.filters = {**self.filters, **{name: getattr(speak, name) for name in names}}
            environment.add_extension(FoldConstants)
            self._in_language[language] = environment
        return self._in_language[language].get_template(name, parent, globals)
