"""Between two groups: the browser becomes as it was before its first visit, but for the instructor's own screen.

A browser shows a cookie only to the paths that it belongs to. Those of the site are declared, so their deletion can be
written from anywhere; of those that visitors made themselves only a request below their path tells the names. So the
reset goes by way of these paths.
"""

from flask import Flask, current_app

from webapp.cookies import Cookie, current_jar, registry
from webapp.house import house
from webapp.sandbox import Sandbox
from webapp.signals import browser_resetting

from . import students


def places(app: Flask) -> list[str]:
    """Return the paths at which every cookie that a page of ours sees can be seen; the deepest there are."""
    sandboxes = [cookie.path for cookie in house(app).cookies() if isinstance(cookie, Sandbox)]
    folders = set(sandboxes)
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.rule.startswith(tuple(f"{path}/" for path in sandboxes)):
            folders.add("/".join(rule.rule.partition("/<")[0].rstrip("/").split("/")[:3]))
    return sorted(folder for folder in folders if not any(other.startswith(f"{folder}/") for other in folders))


def clear_place(path: str) -> None:
    """Delete what visitors made themselves and this browser sent to `path`."""
    for cookie in registry():
        if isinstance(cookie, Sandbox) and path.startswith(f"{cookie.path}/"):
            cookie.clear()


def clear_all() -> None:
    """End what the server keeps of this browser, and delete every declared cookie but those of its screen.

    A former one goes where it comes.
    """
    students.end()
    browser_resetting.send(current_app._get_current_object())
    current_jar().forget(_goes, registry())


def is_done() -> bool:
    """Tell whether this request brought no cookie but those of the instructor's screen, as after a reset."""
    found = [registry().find(name) for name, _ in current_jar().received]
    return all(cookie and house().stays(cookie) for cookie in found)


def _goes(cookie: Cookie) -> bool:
    # The session was cleared, so Flask itself deletes its cookie.
    return not (isinstance(cookie, Sandbox) or cookie.library or house().stays(cookie))
