"""Languages: folded texts, plural forms, prices and dates."""

from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from webapp.i18n import P_, Untranslated, speaker, with_lang


def test_constant_texts_are_folded_when_a_template_is_compiled(app, monkeypatch):
    """A page looks no constant text up: the compiled template holds the translation itself."""
    with app.test_request_context(headers={"Accept-Language": "de"}):
        environment = app.jinja_env.get_template("error.html").environment
    source = environment.compile('{{ _("Log in") }}|{{ _("Page %(page)s", page=page) }}', raw=True)
    assert "Log in" not in source
    assert speaker("de").gettext("Log in") in source
    assert "'Page %(page)s'" in source
    template = environment.from_string(
        '{{ _("Log in") }}|{{ _("Page %(page)s", page="<3>") }}|{{ _( "Log in" ) ~ "!" }}'
    )
    german = speaker("de").gettext("Log in")
    assert template.render() == f"{german}|{speaker('de').gettext('Page %(page)s', page='&lt;3&gt;')}|{german}!"


@pytest.mark.parametrize(("language", "written"), [("en", "€1,234.50"), ("de", "1.234,50 €")])
def test_prices(language, written):
    """A price is written as the language has it."""
    assert speaker(language).price(123450).replace("\xa0", " ") == written


def test_plural_forms():
    """German has two, Arabic six; the number is written by locale."""
    one, many = "The request sent %(num)s cookie", "The request sent %(num)s cookies"
    assert len({speaker("de").ngettext(one, many, number) for number in (1, 2, 1000)}) == 3
    assert len({speaker("ar").ngettext(one, many, number) for number in (0, 1, 2, 3, 11, 100)}) == 6
    assert "1.000" in speaker("de").ngettext(one, many, 1000)


def test_a_claim_is_looked_up_with_its_facts():
    """What names a browser is one text with its facts; where a catalogue lacks it, it is English, and marked."""
    facts, text = "chromium.schemeful", "http and https are two sites"
    claim = P_(facts, text)
    assert (claim, claim.facts, speaker("en").gettext(claim)) == (text, facts, text)
    assert type(speaker("de").gettext(claim)) is Untranslated
    known = P_(
        "chromium.age-limit", "Browsers that follow RFC 6265bis, such as Chromium, keep it for 400 days at most."
    )
    assert speaker("de").gettext(known) == speaker("de").pgettext(known.facts, str(known)) != known
    assert type(speaker("de").gettext(str(known))) is Untranslated, "without its facts it is another text"


def test_dates_and_durations():
    """Dates and lengths of time in words."""
    moment = datetime(2026, 11, 22, 18, 43, tzinfo=UTC)
    assert speaker("de").moment(moment) == "22.11.2026, 18:43:00"
    assert (speaker("de").month("2026-11"), speaker("ar").month("2026-08")) == ("November 2026", "أغسطس 2026")
    assert speaker("de").day(datetime(2026, 11, 9, 23, 59, tzinfo=UTC)) == "9. November 2026"
    assert speaker("de").duration(86400 * 30) == "30 Tage"
    assert speaker("en").duration(400 * 86400) == "400 days"
    assert speaker("en").duration(90) == "90 seconds"
    assert speaker("en").duration(60) == "1 minute"
    assert speaker("en").duration(0) == "0 seconds"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en-GB,de;q=0.5", "en"),
        ("de-AT,en-US;q=0.7,en;q=0.3", "de"),
        ("en;q=0.3,ar;q=0.9", "ar"),
        ("fr-CA,ar-EG-x-home;q=0.2,de;q=0.1", "ar"),
        ("DE", "de"),
        ("", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("*,de;q=0.1", "de"),
        ("de;q=0,*", "en"),
        ("de-AT,de;q=0,ar;q=0.1", "ar"),
        ("de;q=much,ar", "ar"),
        (";;,=,de;q=0.5", "de"),
        ("\u00e4,de", "de"),
    ],
)
def test_the_first_language_wins(browser, header, language):
    """A range loses its last subtags before the next is asked; quality 0, `*` and junk choose nothing."""
    page = browser.get("/preferences", headers={"Accept-Language": header})
    assert page.one("html")["lang"] == language


def test_what_fell_back_says_so():
    """It carries its own lang, inside another text too; all else is escaped there, and English has no mark."""
    german, english = speaker("de"), speaker("en")
    mark = Markup('<span lang="en" dir="ltr">a &lt; b</span>')
    assert with_lang(german.gettext("a < b")) == mark
    assert with_lang(german.gettext("Log in")) == german.gettext("Log in") == "Anmelden"
    assert with_lang(english.gettext("a < b")) == "a < b"
    assert german.gettext("%(a)s & %(b)s", a=mark, b="<i>") == Markup("%s &amp; &lt;i&gt;") % mark
    assert german.gettext("%(a)s & %(b)s", a="<i>", b=2) == "<i> & 2"
