"""`flask cookies`."""

from tests.examples import KEY


def test_the_table_lists_every_declaration(app):
    """One line a declaration, with category, lifetime, attributes, owner and purpose."""
    result = app.test_cli_runner().invoke(args=["cookies"])
    assert result.exception is None, result.exception
    lines = result.output.splitlines()
    registry = app.extensions["cookies"].registry
    assert len(lines) == 1 + len(list(registry))
    theme = next(line for line in lines if line.startswith("theme "))
    for word in (
        "preferences",
        "400 days",
        "Path=/ SameSite=Lax HttpOnly",
        "preferences",
        "The colours you chose",
    ):
        assert word in theme


def test_the_table_under_https(make_app):
    """Under https names have their prefix and lines their Secure."""
    app = make_app(URL="https://localhost", SECRET_KEY=KEY, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    output = app.test_cli_runner().invoke(args=["cookies"]).output
    assert "__Host-theme" in output
    assert "Secure" in output
