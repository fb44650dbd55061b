"""The words of all posts, so that one search looks nothing through: FTS5 on SQLite, a GIN index on PostgreSQL.

Both hold what `webapp.sites.words` makes of a text, word by word, so both find the same.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Executable, TableClause, bindparam, column, delete, insert

from webapp.i18n import LANGUAGES, translations
from webapp.sites.words import stems, words, written_out

_TWO_LETTERS = re.compile("([aou])e")  # perhaps an umlaut written out
_ARABIC = ("", "ال", "و", "ف", "ب", "ك", "ل", "وال", "فال", "بال", "كال", "لل", "وبال", "ولل")
_LONGEST_WORD = 64  # PostgreSQL takes lexemes of at most 2046 octets


def terms(text: str) -> list[str]:
    """Return the words of a text as the index has them."""
    return [word[:_LONGEST_WORD] for word in words(text)]


def in_all_languages(text: str) -> str:
    """Return a text of the house's own as everybody may search for it: in each language, one after the other."""
    return " ".join(dict.fromkeys(translations(language).gettext(text) for language in LANGUAGES))


def add(db: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Add posts by (id, text); a post must not be in the index yet."""
    rows = [(post, sorted(set(terms(text)))) for post, text in texts]
    words_table, id = _table(db.dialect.name)
    if db.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import ARRAY  # slow to import, and of no use on SQLite

        statement = insert(words_table).values(
            {"id": bindparam("post"), "words": sa.func.array_to_tsvector(bindparam("found", type_=ARRAY(sa.String)))}
        )
        given = [{"post": post, "found": found} for post, found in rows]
    else:
        statement = insert(words_table).values({id.name: bindparam("post"), "words": bindparam("found")})
        given = [{"post": post, "found": " ".join(found)} for post, found in rows]
    db.execute(statement, given)


def remove(db: Connection, posts: Executable | Iterable[int]) -> None:
    """Take posts out of the index: some ids, or the statement that selects them."""
    words_table, id = _table(db.dialect.name)
    db.execute(delete(words_table).where(id.in_(posts)))


class Wanted(NamedTuple):
    """A word that somebody searches for: a text fits that has one of `whole`, or a word that begins with a `begins`."""

    whole: frozenset[str]
    begins: frozenset[str]

    def fits(self, text: str) -> bool:
        """Tell whether a text has such a word."""
        return any(word in self.whole or word.startswith(tuple(self.begins)) for word in terms(text))


def wanted(text: str, language: str) -> list[Wanted]:
    """Return what is searched for with a text: each word as it may be spelled and, by the language, in its other forms.

    The last may be the beginning of a word.
    """
    found = []
    for word, spelled in zip(terms(text), terms(written_out(text)), strict=True):
        begins = frozenset(joined + stem for stem in stems(word, language) if _tells(stem) for joined in _joined(stem))
        # In a short word the two letters are rarely an umlaut: "toe", "poet".
        folded = _TWO_LETTERS.sub(r"\1", word) if len(word) >= 5 else word
        found.append(Wanted(frozenset({word, spelled, folded}), begins))
    if found:
        whole, begins = found.pop()
        found.append(Wanted(whole, begins | {terms(text)[-1]} | {word for word in whole if _tells(word)}))
    return found


def _joined(word: str) -> tuple[str, ...]:
    """Return what may be written before a word as part of it: in Arabic the article, "and", "with" and "for"."""
    return _ARABIC if "ء" <= word[0] <= "ي" else ("",)


def _tells(beginning: str) -> bool:
    """Tell whether so much of a word is enough to look for others that begin with it; Arabic writes fewer letters."""
    return len(beginning) >= (4 if beginning.isascii() else 3)


def query(dialect: str, wanted: list[Wanted]) -> str:
    """Return what asks a database for all of the words."""
    mark, begin, either, both = ("'", ":*", " | ", " & ") if dialect == "postgresql" else ('"', " *", " OR ", " AND ")
    asked = [
        [f"{mark}{word}{mark}" for word in sorted(one.whole - one.begins)]
        + [f"{mark}{word}{mark}{begin}" for word in sorted(one.begins)]
        for one in wanted
    ]
    return both.join(f"({either.join(forms)})" for forms in asked)


@cache
def matching(dialect: str) -> tuple[TableClause, ColumnElement[int], ColumnElement[bool]]:
    """Return the table to select from, its column with the post's id, and the condition with parameter `query`."""
    words_table, id = _table(dialect)
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import TSQUERY

        return words_table, id, words_table.c.words.op("@@")(sa.cast(bindparam("query"), TSQUERY))
    return words_table, id, sa.literal_column("forum_words").op("MATCH")(bindparam("query"))


@cache
def _table(dialect: str) -> tuple[TableClause, ColumnElement[int]]:
    id = column("id" if dialect == "postgresql" else "rowid")
    return sa.table("forum_words", id, column("words")), id
