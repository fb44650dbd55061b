"""What Flask's and Jinja's documents promise, in spite of the tricks that make templates fast."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier
from time import sleep

import pytest
from flask import Blueprint, Flask, g, render_template, render_template_string, url_for
from jinja2 import DictLoader, Environment, pass_context, pass_environment, pass_eval_context

from webapp import Crumb
from webapp.i18n import current_language, init_app, language
from webapp.i18n.templates import Cache

TEMPLATES = {
    "address.html": '{{ url_for(".home") }} {{ url_for("one.home") }} {{ url_for("one.home", _external=True) }}',
    "list.html": '{{ url_for("one.home", q=["a", "b"]) }}',
    "marked.html": "{% set x = 1 %}{{ context() }} {{ environment() }} {{ autoescape() }} {{ plain(2) }} "
    "{{ caller(3) }}{% for _ in [0] %}{% set x = 4 %} {{ context() }}{% endfor %}",
    "cached.html": "{% cache key %}{{ key }}{{ count() }}{% endcache %} {% cache key %}{{ count() }}{% endcache %}",
    "missing.html": '{% if wanted %}{{ url_for("nowhere") }}{% endif %}fine',
}


class Caller:
    """An object whose call is marked."""

    @pass_context
    def __call__(self, context, number):
        """Return a variable of the template and the number."""
        return f"{context['x']}{number}"


@pytest.fixture
def app() -> Flask:
    """Crumb's own Flask and its languages, with two blueprints that share templates."""
    app = Crumb(__name__)
    app.process_response = lambda response: response  # no dock
    init_app(app, choose=lambda: "de")
    app.jinja_env.loader = DictLoader(TEMPLATES)
    for name in ("one", "two"):
        bp = Blueprint(name, __name__, url_prefix=f"/{name}")
        bp.add_url_rule("/", "home", lambda: render_template("address.html"))
        app.register_blueprint(bp)
    app.jinja_env.globals.update(
        context=pass_context(lambda context: context["x"]),
        environment=pass_environment(lambda environment: environment.language),
        autoescape=pass_eval_context(lambda context: context.autoescape),
        plain=lambda number: number,
        caller=Caller(),
    )
    return app


def ask(app, path, **environ):
    """Return what the app answers, without its headers."""
    return app.test_client().get(path, environ_overrides=environ).text


def test_a_dot_belongs_to_the_blueprint_of_the_request(app):
    """A shared template names the page of whoever renders it, whoever was first."""
    assert ask(app, "/one/").split()[0] == "/one/"
    assert ask(app, "/two/").split()[0] == "/two/"


def test_addresses_are_those_of_the_present_request(app):
    """SCRIPT_NAME and host of this request count, not those of the first, in both orders."""
    plain, below = "/one/ /one/ http://localhost/one/", "/below/one/ /below/one/ http://elsewhere/below/one/"
    assert [ask(app, "/one/"), ask(app, "/one/", SCRIPT_NAME="/below", HTTP_HOST="elsewhere")] == [plain, below]
    assert ask(app, "/one/") == plain


def test_defaults_of_addresses_are_asked(app):
    """A function of `url_defaults` has a say in addresses at each request."""
    count = iter(range(9))
    app.url_defaults(lambda endpoint, values: values.setdefault("n", next(count)))
    first, second = ask(app, "/one/"), ask(app, "/one/")
    assert (first.split()[1], second.split()[1]) == ("/one/?n=1", "/one/?n=4")


def test_an_address_with_a_list(app):
    """`url_for` takes several values of one name, in a template and in a view."""
    with app.test_request_context():
        assert (
            render_template("list.html").replace("&amp;", "&") == url_for("one.home", q=["a", "b"]) == "/one/?q=a&q=b"
        )


def test_pass_marks(app):
    """A marked function gets context (with the variables of its loop), environment or evaluation context."""
    with app.test_request_context():
        assert render_template("marked.html") == "1 de True 2 13 4"


def test_an_unknown_endpoint_fails_where_it_is_used(app):
    """A template with a wrong address in a branch that is not taken is shown."""
    with app.test_request_context():
        assert render_template("missing.html") == "fine"
        with pytest.raises(Exception, match="Could not build url for endpoint 'nowhere'"):
            render_template("missing.html", wanted=True)


def test_an_async_view_has_flasks_answer(app):
    """An async view works where asgiref is installed, and else is refused in Flask's own words."""

    async def view():
        return "waited"

    app.add_url_rule("/async", view_func=view)
    try:
        import asgiref  # noqa: F401
    except ImportError:
        app.testing = True
        with pytest.raises(RuntimeError, match="Install Flask with the 'async' extra"):
            ask(app, "/async")
    else:
        assert ask(app, "/async") == "waited"


def test_a_template_from_a_string(app):
    """Strings are rendered with globals and escaping as Flask documents."""
    with app.test_request_context():
        assert render_template_string("{{ plain('<') }} {{ url_for('one.home') }}") == "&lt; /one/"


def test_what_many_ask_for_at_once_is_made_once(app, monkeypatch):
    """Visitors who come together wait for one who compiles a template, and for one who reads a language."""
    together, made = Barrier(8), []

    def slowly(name, function):
        def call(*args, **values):
            made.append(name)
            sleep(0.05)
            return function(*args, **values)

        return call

    monkeypatch.setattr(Environment, "compile", slowly("template", Environment.compile))
    monkeypatch.setattr(language, "_read", cache(slowly("language", language._read.__wrapped__)))

    def visit(_):
        together.wait()
        language.translations("de")
        return ask(app, "/one/")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(visit, range(8)))) == 1
    assert sorted(made) == ["language", "template"]


def test_a_part_is_kept_by_its_keys(app):
    """What stands between `cache` and `endcache` is written once for its place and its keys, escaped as it was."""
    numbers = iter(range(9))
    app.jinja_env.globals["count"] = lambda: next(numbers)
    with app.test_request_context():
        shown = [render_template("cached.html", key=key) for key in ("<", "<", ">", "<")]
    assert shown == ["&lt;0 1", "&lt;0 1", "&gt;2 3", "&lt;0 1"]


def test_parts_are_kept_by_language(app):
    """Each language has parts of its own."""
    languages = iter(("de", "en", "de"))
    app.jinja_env.globals["count"] = lambda: current_language()
    for shown in ("de de", "en en", "de de"):
        with app.test_request_context():
            g.language = next(languages)
            assert render_template("cached.html", key="") == shown


def test_parts_are_bounded(app):
    """Whoever asks for ever new keys does not fill the memory."""
    app.jinja_env.globals["count"] = lambda: 0
    with app.test_request_context():
        for key in range(Cache.MOST * 2):
            render_template("cached.html", key=key)
        template = app.jinja_env.get_template("cached.html")
    [cache] = [each for each in template.environment.extensions.values() if isinstance(each, Cache)]
    assert 0 < len(cache.parts) <= Cache.MOST


def test_a_long_part_is_not_kept(app):
    """What is very long is written anew, so that few who send much do not fill the memory either."""
    numbers, long = iter(range(9)), "x" * Cache.LONGEST
    app.jinja_env.globals["count"] = lambda: next(numbers)
    with app.test_request_context():
        assert [render_template("cached.html", key=long) for _ in range(2)] == [f"{long}0 1", f"{long}2 1"]


def test_no_part_is_kept_while_templates_are_edited(app):
    """With `TEMPLATES_AUTO_RELOAD` each page is written anew."""
    app.jinja_env.auto_reload = True
    numbers = iter(range(9))
    app.jinja_env.globals["count"] = lambda: next(numbers)
    with app.test_request_context():
        assert [render_template("cached.html", key="") for _ in range(2)] == ["0 1", "2 3"]
