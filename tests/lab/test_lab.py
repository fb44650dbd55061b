"""The lab: what is predicted, sent and verified, preset by preset and engine by engine."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.browsing import Browser
from tests.conftest import EXAMPLES
from tests.examples import turns
from webapp import clock
from webapp.i18n import gettext
from webapp.lab.forms import parted, shown
from webapp.lab.predict import everywhere, too_much
from webapp.lab.presets import PRESETS
from webapp.lab.views import filled
from webapp.useragent import ENGINES, UserAgent

NAMES = {
    "spec": "curl/8",
    "chromium": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    "firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
    "safari": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15",
    "webkitgtk": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15",
}


def visitor(app, engine: str) -> Browser:
    """Return a browser that does as an engine does, and says so."""
    browser = Browser(app)
    browser.agent = UserAgent(engine)
    browser.headers |= {"User-Agent": NAMES[engine], "Sec-Fetch-Site": "same-origin", "Accept": "text/html,*/*"}
    return browser


PLAIN = "\n".join(PRESETS["plain"].lines)


@pytest.mark.parametrize(
    ("address", "preset", "lines", "ask", "failing"),
    [
        ({}, None, PLAIN, "", False),
        ({"preset": "plain"}, "plain", PLAIN, PRESETS["plain"].ask, PRESETS["plain"].failing),
        ({"preset": "plain", "lines": "a=1", "name": "b", "ask": "c"}, "plain", PLAIN, PRESETS["plain"].ask, False),
        ({"preset": "none of ours", "lines": "a=1"}, None, "a=1", "", False),
        ({"name": "lab-a", "value": "b", "secure": "y", "lines": "a=1"}, None, "lab-a=b; Secure", "", False),
        ({"lines": "", "ask": "docs", "failing": ""}, None, "", "docs", True),
    ],
)
def test_what_an_address_fills_the_form_with(app, address, preset, lines, ask, failing):
    """A preset before a line's parts, those before whole lines, and a plain line where the address says nothing."""
    with app.test_request_context():
        found, filling = filled(MultiDict(address))
    assert found is (preset and PRESETS[preset])
    assert filling == {"lines": lines, "ask": ask, "failing": failing}


@pytest.mark.parametrize(("engine", "part"), turns(ENGINES, "tests/useragent has each engine"))
def test_each_preset_ends_as_predicted(app, engine, part):
    """The form is filled, the prediction stands in front, and what came back is what it said."""
    for key in list(PRESETS)[part]:
        browser = visitor(app, engine)
        page = browser.get(f"/lab/send?preset={key}")
        assert page.set_cookie == [] and page.one("[data-preset]")["data-preset"] == key
        assert page.select("[data-engine]")[0]["data-engine"] == engine
        predicted = [tag["data-verdict"] for tag in page.select(f"[data-engine={engine}] [data-verdict]")]
        page = browser.submit("#lab")
        answer = page if PRESETS[key].failing else page.before[0]
        assert answer.status == (404 if PRESETS[key].failing else 303)
        assert [line for line in answer.set_cookie if "lab-" in line] == list(PRESETS[key].lines), key
        if PRESETS[key].failing:
            assert page.select("[data-exchange='POST /lab/send'] [data-set^=lab-]")
            page = browser.follow("main a.action")
        assert [tag["data-expected"] for tag in page.select("[data-line]")] == predicted, key
        agreeing = ["unknown" if word == "unknown" else "yes" for word in predicted]
        assert [tag["data-agrees"] for tag in page.select("[data-line]")] == agreeing, key
        assert bool(page.select("[data-knows-better]")) == ("unknown" in predicted), key


def test_an_error_keeps_what_was_typed(app):
    """Lines sent with an error come back into the form with that choice, to be changed and sent again."""
    browser = visitor(app, "chromium")
    browser.get("/lab/send")
    browser.submit("#lab", lines="lab-a=1", failing=True)
    browser.follow("main a.action")
    page = browser.follow("main a.action")
    assert page.one("#lab textarea").get_text().strip() == "lab-a=1" and page.select("#lab [name=failing][checked]")
    assert not browser.get("/lab/send?preset=plain").select("#lab [name=failing][checked]")


def test_the_first_line_is_in_the_dock(app):
    """Also for somebody who did nothing yet, the page shows the answer that set the line, and who asked for it."""
    browser = visitor(app, "chromium")
    browser.get("/lab/send?preset=plain")
    page = browser.submit("#lab")
    exchange = page.one('[data-exchange="POST /lab/send"]')
    assert exchange.select_one("[data-set=lab-flavour]")
    assert "webapp/lab/views.py" in exchange.select_one("[data-set=lab-flavour] .asked").get_text()


def test_a_line_is_put_together(app):
    """The form of parts writes the line, whatever the parts are, and keeps them; sending it is another step."""
    browser = visitor(app, "chromium")
    browser.get("/lab/send")
    page = browser.submit(
        "#build", name="lab-a", value="1", path="/lab", max_age="600", same_site="Strict", secure=True, partitioned=True
    )
    assert page.set_cookie == []
    line = "lab-a=1; Max-Age=600; Path=/lab; SameSite=Strict; Secure; Partitioned"
    assert page.one("#lab textarea").get_text().strip() == line
    assert page.one("#build [name=max_age]")["value"] == "600"
    assert page.select("#build [name=secure][checked]") and not page.select("#build [name=http_only][checked]")
    assert browser.submit("#lab").one("[data-line]")["data-agrees"] == "yes"
    assert browser.get("/lab/send?name=&value=;%0d%0a%00%ff&same_site=%F0%9F%8D%AA").status == 200


def test_engines_differ_somewhere(app):
    """The model is asked for each engine: presets show differences, and every outcome is met."""
    sections = visitor(app, "firefox").get("/lab/send?preset=tab").select("[data-engine]")
    assert [section["data-engine"] for section in sections] == ["firefox", "chromium", "safari", "spec"]
    outcomes, differences, site = set(), set(), "http://localhost:8000/lab"
    for key, preset in PRESETS.items():
        fates = everywhere(list(preset.lines), "spec", f"{site}/send", f"{site}/result/{preset.ask}", clock.now())
        found = [tuple(fate.outcome for fate in lines) for lines in fates.values()]
        outcomes |= {word for words in found for word in words}
        if len(set(found)) > 1:
            differences.add(key)
    assert outcomes == {"stored", "refused", "deleted", "not-sent", "unknown"}
    assert {"tab", "secure", "none", "host"} <= differences


def test_the_prediction_waits(app):
    """Who looks at a preset sees no outcome before they ask for it: all of them are in details that are closed."""
    page = visitor(app, "chromium").get("/lab/send?preset=control")
    verdicts = page.select("main [data-verdict]")
    assert len(verdicts) == len([engine for engine in ENGINES.values() if not engine.for_its_own])
    assert all(tag.find_parent("details", class_="prediction") for tag in verdicts)
    assert "open" not in page.one("details.prediction").attrs


@pytest.mark.parametrize(("guess", "right"), [("stored", "right"), ("refused", "wrong"), ("unsure", None), ("x", None)])
def test_the_guess_is_judged(app, guess, right):
    """Who guesses is told whether they were right; who can't tell is told nothing."""
    browser = visitor(app, "firefox")
    browser.get("/lab/send?preset=plain")
    page = browser.submit("#lab", guess=guess)
    assert [tag["data-guess"] for tag in page.select("[data-guess]")] == ([right] if right else [])


def test_a_name_that_comes_twice_is_read_once(app):
    """The page says which of two the server reads: the first, of the longer path."""
    browser = visitor(app, "chromium")
    browser.get("/lab/send")
    page = browser.submit("#lab", lines="lab-a=1; Path=/lab\nlab-a=2; Path=/lab/result")
    read = page.one("main [data-read]")
    assert read["data-read"] == "lab-a" and read.select_one("code").get_text().endswith('== "2"')
    browser.get("/lab/send")
    assert not browser.submit("#lab", lines="lab-b=1").select("main [data-read=lab-b]")


def test_what_was_there_before_tells_nothing(app):
    """A cookie that the browser had already is no proof that it kept the line."""
    browser = visitor(app, "safari")
    browser.get("/lab/send")
    browser.submit("#lab", lines="lab-none=1")
    browser.get("/lab/send")
    page = browser.submit("#lab", lines="lab-none=1; Secure")
    assert page.one("[data-line]")["data-agrees"] == "unknown"


@pytest.mark.parametrize(
    "lines",
    [
        "crumb_session=1",
        "lab-a=1; Path=/",
        "theme=dark\r\nlab-a=1",
        "",
        " \n ",
        "\n".join(["lab-a=1"] * 6),
        "lab-a=" + "x" * 7000,
    ],
)
def test_what_can_not_be_sent_comes_back(app, lines):
    """Nothing is set, a sentence says why, and what was typed is still there."""
    browser = visitor(app, "chromium")
    browser.get("/lab/send")
    page = browser.submit("#lab", lines=lines)
    assert page.status == 422 and page.one(".problems a")["href"] == "#lines"
    assert page.one("textarea").get_text().split() == lines.split()
    assert not [line for line in page.set_cookie if "lab-" in line]


def test_clearing(app):
    """One button takes all of them away, here and after a result."""
    browser = visitor(app, "chromium")
    for place in ("/lab/send", None):
        for key in ("plain", "nameless", "host", "secure"):
            browser.get(f"/lab/send?preset={key}")
            browser.submit("#lab")
        if place:
            page = browser.get(place)
            assert len(page.select("main [data-cookie]")) == 4
            page = browser.post("/lab/clear", {})
        else:
            page = browser.submit("form[action='/lab/clear']")
        assert not page.select("main [data-cookie]")
        assert not [name for name in browser.cookies if "lab-" in name]


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:],
        lambda token: "",
        lambda token: token[::-1],
    ],
)
def test_a_result_can_not_be_made_up(app, change):
    """The address of a result is signed; another one is no page."""
    browser = visitor(app, "chromium")
    browser.get("/lab/send?preset=path")
    page = browser.submit("#lab")
    path, _, token = page.url.removeprefix("http://localhost:8000").partition("?sent=")
    assert path == "/lab/result/docs/cookies" and browser.get(f"{path}?sent={token}").status == 200
    assert browser.get(f"{path}?sent={change(token)}").status == 404
    assert browser.get(f"/lab/result?sent={token}").status == 404


def test_the_form_can_be_shared_as_a_link(app):
    """Lines and path in the address fill the form; any text will do."""
    page = visitor(app, "firefox").get("/lab/send?lines=lab-a%3D1%3B%20Secure&ask=docs")
    assert page.one("textarea").get_text().strip() == "lab-a=1; Secure" and page.one("#ask")["value"] == "docs"
    assert visitor(app, "firefox").get("/lab/send?preset=none-such&ask=%00").status == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=min(EXAMPLES, 60))
@given(
    lines=st.text(max_size=80) | st.from_regex(r"(lab-[a-z]{0,3}.{0,12}(;.{0,12}){0,3}\n?){1,3}"),
    ask=st.text(max_size=10) | st.just(""),
)
def test_any_text_is_answered(app, lines, ask):
    """Whatever is typed is sent or explained, with the dock on; the page of what became of it stands."""
    browser, client = visitor(app, "chromium"), app.test_client(use_cookies=False)
    assert client.get("/lab/send", query_string={"lines": lines, "ask": ask}).status_code == 200
    page = browser.post("/lab/send", {"lines": lines, "ask": ask, "guess": "stored"})
    assert page.status in (200, 422)
    if page.status == 200:
        assert page.select("[data-line]")
        for link in browser.get("/wire?own").select(".exchanges h3 a")[:2]:
            assert browser.get(link["href"]).status == 200


def test_every_rule_of_a_line_has_a_preset():
    """Each attribute that the standard knows stands in some preset, and every line is one that the lab may send."""
    text = " ".join(line for preset in PRESETS.values() for line in preset.lines)
    for word in ("Max-Age", "Expires", "Domain", "Path", "Secure", "HttpOnly", "SameSite", "Partitioned"):
        assert re.search(rf"; {word}\b", text), word
    assert all(shown(line) for preset in PRESETS.values() for line in preset.lines)


@given(line=st.text(st.characters(max_codepoint=255), min_size=1, max_size=30).filter(lambda line: line.strip(" ")))
def test_any_octets_can_be_written(line):
    """What the form shows of a line gives the very same line back, control characters and backslashes too."""
    assert parted(shown(line)) == [line]
    assert not re.search("[\x00-\x1f\x7f]", shown(line))


@pytest.mark.parametrize(
    "path",
    ["cross/begin", "clock/begin", "trust/begin", "schemes/begin", "schemes/replace", "scripts/begin", "stolen/pass"],
)
def test_a_full_lab_is_explained(app, path):
    """Where lab cookies leave no room for more, the form comes back and says so."""
    held = "; ".join(f"lab-{number}={'x' * 1000}" for number in range(7))
    page = visitor(app, "chromium").post(f"/lab/{path}", headers={"Cookie": held})
    assert page.status == 422 and "too much" in page.one(".problems").get_text()


def test_too_much_at_once_is_explained(app):
    """Lines of which each would fit, but not all of them together, come back with the reason."""
    browser = visitor(app, "chromium")
    browser.get("/lab/send")
    page = browser.submit("#lab", lines="\n".join(f"lab-{number}={'x' * 1900}" for number in range(4)))
    assert page.status == 422 and "too much" in page.one(".problems").get_text()
    assert page.one("#lab textarea").get_text().count("x") >= 4 * 1900


def test_a_full_lab_stops_no_lesson(app):
    """A lesson begins and begins anew beside cookies that leave no room for its own."""
    held = "; ".join(f"lab-{number}={'x' * 1000}" for number in range(7))
    for path in ("gone/1", "gone/restart", "locks/3", "trust/4", "restart"):
        page = visitor(app, "chromium").post(f"/learn/{path}", headers={"Cookie": held}, follow=False)
        assert page.status == 303, path


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("flag", "“no” behind it changes nothing"),
        ("twice", "Max-Age is written more than once"),
        ("zone", "names a time zone"),
        ("domain-dot", "The dot in front of the Domain is dropped"),
        ("domain-empty", "A Domain without a name"),
        ("domain-own", "the Domain counts as not written"),
        ("path-empty", "The Path is empty"),
        ("path-query", "No address has such a path"),
        ("order", "Longer paths go first: it goes before “lab-order” of the path /lab."),
        ("delete-path", "stored under another path, /lab:"),
        ("partitioned-delete", "stored in another partition"),
    ],
)
def test_what_is_lost_stands_on_the_face(app, preset, words):
    """Of what a line loses without being refused, and why, the result tells without opening anything."""
    browser = visitor(app, "chromium")
    browser.get(f"/lab/send?preset={preset}")
    page = browser.submit("#lab")
    cells = {name: [item.get_text() for item in page.select(f"td[data-engine={name}] li")] for name in ENGINES}
    assert any(words in text for text in cells["chromium"]), cells
    assert all(cells["chromium"] != other for name, other in cells.items() if name != "chromium" and other)


TOO_MUCH = {
    "lines": "\n".join(f"lab-{number}=1" for number in range(6)),
    "attributes": "\n".join(["lab-a=1" + "; a" * 17] * 3),
    "long": "lab-a=1; Comment=" + "x" * 8192,
}


@pytest.mark.parametrize("lines", TOO_MUCH.values(), ids=TOO_MUCH)
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_address_asks_too_much_of_the_model(app, lines, language):
    """A link with more than the model is asked about is answered as the form is: what was written stays, and why."""
    browser = Browser(app, **{"Accept-Language": language, "Sec-Fetch-Site": "same-origin"})
    name, _, value = lines.partition("=")
    asked = [
        browser.get("/lab/send", query_string={"lines": lines}),
        browser.get("/lab/send", query_string={"name": name, "value": value}),
        browser.post("/lab/send", {"lines": lines}),
    ]
    question = {"line": lines, "set_by": "https://a.example/", "to": "https://a.example/"}
    why = browser.get("/lab/why", query_string=question)
    with app.test_request_context(headers={"Accept-Language": language}):
        said = gettext(too_much(parted(lines)))
    for page in [*asked, why]:
        assert page.status == 422 and said in page.text and page.set_cookie == []
        assert not page.select("main [data-verdict]")
    for page in asked:
        assert page.one("#lab textarea").get_text().strip().splitlines() == lines.splitlines()
    assert why.one("[name=line]")["value"].split() == lines.split()
    fine = browser.get("/lab/send", query_string={"lines": "\n".join(["lab-a=1" + "; a" * 10] * 5)})
    assert fine.status == 200 and fine.select("main [data-verdict]")


@pytest.mark.parametrize(
    ("key", "engine", "told"),
    [
        ("max-age", "chromium", "keeps it for 10 minutes."),
        ("years", "chromium", "keeps it for 400 days."),
        ("expires-junk", "chromium", "goes when the browser is closed."),
        ("letters", "chromium", ""),
    ],
)
def test_how_long_it_is_kept_is_told(app, key, engine, told):
    """What came back is said to stay as long as this engine keeps it, whatever the line asked; of others nothing is."""
    browser = visitor(app, engine)
    browser.get(f"/lab/send?preset={key}")
    card = browser.submit("#lab").one("[data-line]").get_text(" ", strip=True)
    assert told in card and ("By the model" in card) == bool(told)
    assert bool(browser.page.select("[data-ends][hidden]")) == bool(told), "a browser that knows fills it in"
