"""The words by which the acts of a lesson find what to press and what to fill in, in the language of the page."""

import re
from collections.abc import Iterable

from bs4 import Tag

from tests.browsing import Page
from webapp.cookies import bare
from webapp.i18n import Untranslated, speaker
from webapp.lessons.lesson import Follow, Send, Step

_QUOTES = {"en": "“”", "de": "„“", "ar": "«»"}
_ANY_QUOTES = ("“„«‹‘‚\"'", "”“»›’‘\"'")
_ISOLATES = re.compile("[\u2066-\u2069]")


def told(text: str, code: bool = False) -> str:
    """Return a lesson's text as a page on plain http shows it, as text alone, unless with the marks of `code`."""
    text = text.replace("%(session)s", "crumb_session")
    return text if code else text.replace("`", "")


def shown(words: str, language: str) -> str:
    """Return words of the source as a page in a language shows them."""
    return _plain(told(speaker(language).gettext(words)))


def pattern(words: str, language: str) -> str:
    """Return a regular expression, for Python and for JavaScript, of words of the source as a page shows them."""
    return ".+".join(map(re.escape, re.split(r"%\(\w+\)s", shown(words, language))))


def typed(words: str, language: str, bar: str) -> str:
    """Return what somebody types who reads a bar's text: words of the source as it says them in its language."""
    translated = shown(words, language)
    return translated if translated in bar else words


def control(page: Page, words: str, near: str, kind: str) -> Tag:
    """Return the link or the button of a page that says these words, the closest to `near` where there are several.

    AssertionError where there is none, or several that do not lead to the same.
    """
    language = page.html["lang"]
    found = [tag for tag in _outside(page.undocked.select(kind)) if _says(tag, pattern(words, language))]
    if near:
        around = pattern(near, language)
        marks = [tag for tag in _outside(page.undocked.select("body *")) if re.fullmatch(around, _text(tag))]
        assert marks, f"{page.url}: nothing says “{shown(near, language)}”"
        places = {id(place) for mark in marks for place in mark.parents}
        depths = [sum(1 for _ in next(up for up in tag.parents if id(up) in places).parents) for tag in found]
        found = [tag for tag, depth in zip(found, depths, strict=True) if depth == max(depths)]
    assert found, f"{page.url}: nothing to press says “{shown(words, language)}”"
    alike = len({tag.get("href") or id(tag) for tag in found}) == 1
    assert alike, f"{page.url}: {len(found)} that lead elsewhere say “{shown(words, language)}”; say near what"
    return found[0]


def entered(page: Page, form: Tag, fields: dict[str, str | bool]) -> dict[str, str | bool]:
    """Return what is sent for the fields of a form that have these labels, by name."""
    data, language = {}, page.html["lang"]
    for label, value in fields.items():
        wanted = pattern(label, language)
        found = [tag for tag in form.select("input, select, textarea") if re.fullmatch(wanted, _label(form, tag))]
        assert len(found) == 1, f"{page.url}: {len(found)} fields are called “{shown(label, language)}”"
        field = found[0]
        if field.name == "select":
            option = pattern(value, language)
            value = next(tag["value"] for tag in field.select("option") if re.fullmatch(option, _text(tag)))
        elif value is True:
            value = field.get("value", "on")
        elif value:
            value = typed(value, language, _bar(page))
        data[field["name"]] = value
    return data


def unnamed(step: Step, language: str) -> list[str]:
    """Return the words of a step's acts, as a page in a language shows them, that its bar does not say.

    What is pressed, and near what, stands in quotation marks or as code, and so do words of the label of what is
    ticked. Where to type is plain from what there is to type: those labels need not be told.
    """
    texts = [speaker(language).gettext(text) for text in (step.do, step.hint) if text]
    if type(texts[0]) is Untranslated:
        language = "en"
    bar = " ".join(map(_plain, texts))
    first, last = _QUOTES.get(getattr(texts[0], "language", language), _ANY_QUOTES)
    quoted = re.findall(f"(?=[{first}]([^{last}]+)[{last}])|`([^`]+)`", bar)
    acts = [act for act in step.acts if isinstance(act, Follow | Send)]
    pressed = [words for act in acts for words in (act.words, act.near) if words]
    missing = [
        words
        for words in pressed
        if not re.search("[{0}]{2}[{1}]|`{2}`".format(first, last, pattern(words, language)), told(bar, code=True))
    ]
    ticked = [label for act in acts if isinstance(act, Send) for label, value in act.fields.items() if value is True]
    missing += [label for label in ticked if not any("".join(each) in shown(label, language) for each in quoted)]
    return [shown(words, language) for words in missing]


def _plain(text: str) -> str:
    return " ".join(_ISOLATES.sub("", text).split())


def _text(tag: Tag) -> str:
    """Return what somebody sees of an element."""
    hidden = {id(text) for part in tag.select(".visually-hidden") for text in part.strings}
    return bare(_plain("".join(text for text in tag.strings if id(text) not in hidden)))


def _says(tag: Tag, words: str) -> bool:
    """Tell whether a link or a button says these words, or a part of it does: beside a name stands a price."""
    parts = [_text(part) for part in (tag, *tag.find_all(True))]
    return any(
        re.fullmatch(words, part) for part in (*parts, _plain("".join(tag.find_all(string=True, recursive=False))))
    )


def _label(form: Tag, field: Tag) -> str:
    labels = [*form.select(f'label[for="{field.get("id")}"]'), *field.find_parents("label")]
    return field.get("aria-label") or " ".join(map(_text, labels))


def _bar(page: Page) -> str:
    return _plain(" ".join(tag.get_text() for tag in page.undocked.select(".lesson")))


def _outside(tags: Iterable[Tag]) -> list[Tag]:
    """Return what is on the page itself, and not on the bar."""
    return [tag for tag in tags if not tag.find_parent(class_="lesson")]
