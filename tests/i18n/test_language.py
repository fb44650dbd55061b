"""Languages: folded texts, plural forms, prices and dates."""

from datetime import UTC, datetime

import pytest

from webapp.i18n import speaker


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


def test_dates_and_durations():
    """Dates and lengths of time in words."""
    moment = datetime(2026, 11, 22, 18, 43, tzinfo=UTC)
    assert speaker("de").moment(moment) == "22.11.2026, 18:43:00"
    assert speaker("de").duration(86400 * 30) == "30 Tage"
    assert speaker("en").duration(400 * 86400) == "400 days"
    assert speaker("en").duration(90) == "90 seconds"
    assert speaker("en").duration(60) == "1 minute"
    assert speaker("en").duration(0) == "0 seconds"
