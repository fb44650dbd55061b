"""One term for one thing, in each language."""

import re

import pytest
from babel.messages.pofile import read_po

from webapp.i18n.language import CATALOGUES

# What a text says in no place, nor spells so, and the few texts (by their English) that are about the word itself, or
# about biscuits.
WRONG = {
    "de": (
        r"\b(den|einen|jeden|diesen|keinen|der|welcher) Cookie\b(?!-)|Austauschen?\b(?<!Austausch)|Prüfstand zwischen"
        r"|Schaltfläche|Social-Seite|Session-Cookie|Sitzungscookie|[Uu]nter dieser Adresse",
        (),
    ),
    "ar": ("كوكي|متصفّح", ("A cookie is a line of text: a site", "ookie")),
}


@pytest.mark.parametrize("language", WRONG)
def test_no_other_word_is_used(language):
    """Beside the term there is no second one; the interface may introduce one of them once."""
    pattern, excepted = WRONG[language]
    found = []
    for name in CATALOGUES:
        with open(f"webapp/translations/{language}/LC_MESSAGES/{name}.po", "rb") as file:
            for message in read_po(file, locale=language):
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                source = message.id if isinstance(message.id, str) else message.id[0]
                about = excepted[:1] if name != "town" else excepted[1:]
                if any(re.search(pattern, text) for text in texts) and not re.search("|".join(about) or "$.", source):
                    found.append(source)
    assert [source for source in found if "other* cookies" not in source] == []
