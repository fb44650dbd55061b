"""The words of all posts, so that one search looks nothing through: FTS5 on SQLite, a GIN index on PostgreSQL.

Both hold what `webapp.sites.words` makes of a text, word by word, so both find the same.
"""

from collections.abc import Iterable
from functools import cache

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Executable, TableClause, bindparam, column, delete, insert
from sqlalchemy.orm import Session

from webapp.i18n import LANGUAGES, translations
from webapp.sites.words import words

_LONGEST_WORD = 64  # PostgreSQL takes lexemes of at most 2046 octets


def terms(text: str) -> list[str]:
    """Return the words of a text as the index has them."""
    return [word[:_LONGEST_WORD] for word in words(text)]


def in_all_languages(text: str) -> str:
    """Return a text of the house's own as everybody may search for it: in each language, one after the other."""
    return " ".join(dict.fromkeys(translations(language).gettext(text) for language in LANGUAGES))


def add(session: Session, texts: Iterable[tuple[int, str]]) -> None:
    """Add posts by (id, text); a post must not be in the index yet."""
    rows = [(post, sorted(set(terms(text)))) for post, text in texts]
    words_table, id = _table(session.get_bind().dialect.name)
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import ARRAY  # slow to import, and of no use on SQLite

        statement = insert(words_table).values(
            {"id": bindparam("post"), "words": sa.func.array_to_tsvector(bindparam("found", type_=ARRAY(sa.String)))}
        )
        given = [{"post": post, "found": found} for post, found in rows]
    else:
        statement = insert(words_table).values({id.name: bindparam("post"), "words": bindparam("found")})
        given = [{"post": post, "found": " ".join(found)} for post, found in rows]
    session.connection().execute(statement, given)


def remove(session: Session, posts: Executable | Iterable[int]) -> None:
    """Take posts out of the index: some ids, or the statement that selects them."""
    words_table, id = _table(session.get_bind().dialect.name)
    session.connection().execute(delete(words_table).where(id.in_(posts)))


def query(dialect: str, wanted: list[str]) -> str:
    """Return what asks a database for all of the words, the last of them as the beginning of a word."""
    *whole, last = wanted
    if dialect == "postgresql":
        return " & ".join([*(f"'{word}'" for word in whole), f"'{last}':*"])
    return " AND ".join([*(f'"{word}"' for word in whole), f'"{last}" *'])


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
