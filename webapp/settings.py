"""Each setting, declared once: from these follow what is understood, what is refused, `flask settings` and the docs."""

import difflib
import json
import os
import re
import secrets
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask
from sqlalchemy import make_url
from werkzeug.sansio.utils import host_is_trusted

import config
from webapp.database.private import keep_private
from webapp.useragent.urls import locate

ROOT = str(Path(__file__).resolve().parents[1])
_SHORTEST_KEY = 32
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+(%\w+)?\]")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*", re.ASCII)
_PAGE = re.compile(r"https://[\w-]+(\.[\w-]+)*(:[0-9]+)?(/[!-~]*)?", re.ASCII)
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True)
class Kind:
    """What a setting takes: `read` gives the value for a text or a value of Python, `write` a text for the value.

    `read` says ValueError to what it doesn't understand.
    """

    words: str
    read: Callable[[Any], Any]
    write: Callable[[Any], str] = json.dumps


@dataclass(frozen=True)
class Setting:
    """One setting; CRUMB_<name> is its variable.

    `check` says what is wrong with a value that was read, nothing where all is well; `mask` hides what is secret in it.
    A default of None is settled at the start, from the other settings.
    """

    name: str
    kind: Kind
    default: Any
    help: str
    check: Callable[[Any], str] = lambda value: ""
    mask: Callable[[Any], Any] | None = None

    def read(self, value: Any) -> Any:
        """Return the value that is meant; SystemExit with a sentence when it can't be understood."""
        if value is None is self.default:
            return None
        try:
            found = self.kind.read(value)
            problem = self.check(found)
        except (ValueError, RecursionError):
            problem = f"it has to be {self.kind.words}"
        if problem:
            seen = "can't be used" if self.mask else f"is {value!r}"
            raise SystemExit(f"CRUMB_{self.name} {seen}: {problem}")
        return found

    def write(self, value: Any) -> str:
        """Return what the variable would hold, secrets masked."""
        return self.kind.write(self.mask(value) if self.mask else value)


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:  # True is an int as well
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value


def _number(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value.strip()):
        return int(value)
    if _of(int, value) < 0:
        raise ValueError(f"{value} is below 0")
    return value


def _size(value: Any) -> int:
    if isinstance(value, str) and (found := re.fullmatch("([0-9]{1,9}) ?([km])", value.strip().lower())):
        return int(found[1]) * {"k": 1024, "m": 1024 * 1024}[found[2]]
    return _number(value)


def _yes(value: Any) -> bool:
    if isinstance(value, str) and value.strip().lower() in _YES + _NO:
        return value.strip().lower() in _YES
    return _of(bool, value)


def _names(value: Any) -> list[str]:
    names = value.split(",") if isinstance(value, str) else value
    return [name.strip() for name in _of(list, names) if _of(str, name).strip()]


def _contact(value: Any) -> str:
    address = _of(str, value).strip().removeprefix("mailto:")
    if not address or _PAGE.fullmatch(address):
        return address
    if not _MAIL.fullmatch(address):
        raise ValueError(f"{address!r} reaches nobody")
    return f"mailto:{address}"


def _json(kind: type) -> Callable[[Any], Any]:
    return lambda value: _of(kind, json.loads(value) if isinstance(value, str) else value)


TEXT = Kind("text", lambda value: _of(str, value), str)
NUMBER = Kind("a whole number", _number)
SIZE = Kind("a number of bytes, such as 65536 or 64k", _size)
YES_OR_NO = Kind("true or false", _yes)
CONTACT = Kind("a mail address, or the https address of a page", _contact, str)
NAMES = Kind("names, comma separated", _names, ",".join)
LIST = Kind("a JSON list", _json(list))
OBJECT = Kind("a JSON object", _json(dict))


def wrong_address(url: str) -> str:
    """Return what is wrong with an address for the site, "" for nothing."""
    try:
        parts = urlsplit(url.lower())
        right = (
            parts.scheme in ("http", "https")
            and parts.port != 0
            and _HOST.fullmatch(parts.netloc.removesuffix(f":{parts.port}"))
            and url.lower().rstrip("/") == f"{parts.scheme}://{parts.netloc}"
            and (site := locate(url)) is not None
            # Werkzeug refuses every request that comes to a bare IPv6 address, or to a name with an underscore.
            and host_is_trusted(site.host, [site.host])
        )
    except ValueError:
        right = False
    return "" if right else "write it like https://cookies.example.org, without underscores, IPv6 by a name"


def _wrong_names(names: list[str]) -> str:
    for name in names:
        host = re.sub(r"^\.|:[0-9]+$", "", name)
        if not _HOST.fullmatch(host) or wrong_address(f"http://{host}"):
            return f"{name!r} is no host name"
    return ""


def _wrong_parties(parties: dict[str, Any]) -> str:
    right = all(isinstance(host, str) and _HOST.fullmatch(host) for host in parties.values())
    return "" if right else "each role has one host name, without a port"


def _at_nobodys(url: str) -> str:
    place = locate(url)
    return "no other device reaches that address" if place.is_loopback or place.host in ("0.0.0.0", "[::]") else ""


def _weak_key(key: Any) -> str:
    if isinstance(key, str) and len(key) >= _SHORTEST_KEY and len(set(key)) >= 8:
        return ""
    return (
        f"a key has {_SHORTEST_KEY} random characters or more; "
        "python -c 'import secrets; print(secrets.token_hex())' makes one"
    )


def _no_folder(path: str) -> str:
    return "" if not path or os.path.isdir(path) else "there is no such folder"


def _wrong_log(words: str) -> str:
    return "" if words in ("", "access", "json") else "write access or json, or leave it out"


def _none_at_all(number: int) -> str:
    return "" if number else "every form would be refused, so it has to be 1 or more"


def _without_password(address: str) -> str:
    url = make_url(address)
    query = {name: "hidden" if "password" in name else value for name, value in url.query.items()}
    return url.set(query=query).render_as_string()


SETTINGS = (
    Setting(
        "URL",
        TEXT,
        "http://localhost",
        "The address that visitors type; localhost is at whatever port a request came to. https turns on Secure, the "
        "__Host- name prefix and, but for localhost, HSTS.",
        wrong_address,
    ),
    Setting(
        "HSTS_SUBDOMAINS",
        YES_OR_NO,
        False,
        "Let HSTS hold for every host below that of URL too: only where all of them speak https.",
    ),
    Setting(
        "TRUSTED_HOSTS",
        NAMES,
        "",
        "Host names that the site answers on besides the one in URL, comma separated.",
        _wrong_names,
    ),
    Setting(
        "CLASS_URL",
        TEXT,
        "",
        "The address that a class types, where the one in URL means this machine alone: /teach shows it, and the relay "
        "leads there. run.py finds it out. Not set: the one that a page is asked for at.",
        lambda url: url and (wrong_address(url) or _at_nobodys(url)),
    ),
    Setting(
        "PROXY_HOPS",
        NUMBER,
        0,
        "How many proxies in front may be believed about address and scheme.",
    ),
    Setting(
        "INSTANCE",
        TEXT,
        "",
        "The folder for database, key and finished pictures. Not set: `instance/`, beside config.py.",
    ),
    Setting(
        "SECRET_KEY",
        TEXT,
        "",
        "Signs the session and the signed cookies. Not set: made once and kept in the file secret_key of the instance "
        "folder (not allowed under https).",
        lambda key: key and _weak_key(key),
        lambda key: "***",
    ),
    Setting(
        "SECRET_KEY_FALLBACKS",
        LIST,
        [],
        "Keys that are accepted besides: those that were in use before, and while the key is changed on several "
        "processes the one to come. A JSON list.",
        lambda keys: next(filter(None, map(_weak_key, keys)), ""),
        lambda keys: ["***"] * len(keys),
    ),
    Setting(
        "DATABASE_URL",
        TEXT,
        "",
        "Where shared data lives. Not set: SQLite in the instance folder.",
        mask=_without_password,
    ),
    Setting(
        "MIGRATE_ON_START",
        YES_OR_NO,
        None,
        "Bring the database to the newest schema when the app starts. Not set: on SQLite yes, elsewhere `flask "
        "database upgrade` does it.",
    ),
    Setting(
        "DEMO_ACCOUNTS",
        YES_OR_NO,
        None,
        "Offer demo accounts on the log-in page, with passwords that everybody can read there. Not set: yes, but not "
        "under https.",
    ),
    Setting(
        "DEMO_CONTENT",
        YES_OR_NO,
        True,
        "Let the people of the town write in the social site and the forum, where these are still empty.",
    ),
    Setting(
        "REGISTRATION",
        YES_OR_NO,
        True,
        "Let visitors make accounts of their own, or with a drawn name for a day; `flask users add` makes them in any "
        "case.",
    ),
    Setting(
        "POSTING",
        YES_OR_NO,
        True,
        "Let people write in the social site and the forum; closed, both can still be read, and texts be taken down.",
    ),
    Setting(
        "CONTACT",
        CONTACT,
        "",
        "Where whoever runs this site is reached: stands at the foot of each page, on error pages and in "
        "/.well-known/security.txt. Not set: nowhere.",
    ),
    Setting(
        "LAB_HOSTS",
        OBJECT,
        {},
        "The host names of the lab's other parties (attacker, tracker, social, shop, forum, crowd, guest), a JSON "
        "object, for visitors at the host in URL. On localhost there are names for all of them already: 127.0.0.1 and "
        "*.localhost.",
        _wrong_parties,
    ),
    Setting(
        "LOCAL_NAMES",
        OBJECT,
        {},
        "The names that this machine has on its network, over plain http: of the site (crumb) and of the lab's other "
        "parties, a JSON object. The site answers there too, and the parties beside it.",
        _wrong_parties,
    ),
    Setting(
        "LESSONS",
        TEXT,
        "",
        "A folder with lessons of your own, a file each; `flask lessons check FOLDER` tells whether they work. Not "
        "set: none.",
        _no_folder,
    ),
    Setting(
        "LOG",
        TEXT,
        "",
        "Let each request leave a line in the log: `access` for people to read, `json` to write the whole log as JSON "
        "objects. Not set: only what went wrong, and how far long work is.",
        _wrong_log,
    ),
    Setting(
        "MAX_CONTENT_LENGTH",
        SIZE,
        64 * 1024,
        "The largest request body, in bytes; a larger one is answered with 413 at once.",
        _none_at_all,
    ),
    Setting(
        "MAX_FORM_MEMORY_SIZE",
        SIZE,
        64 * 1024,
        "The most that the fields of a form may hold, in bytes; more is answered with 413.",
        _none_at_all,
    ),
    Setting(
        "MAX_FORM_PARTS",
        NUMBER,
        100,
        "The most fields that a form may have; more are answered with 413.",
        _none_at_all,
    ),
)


def init_app(app: Flask, given: Mapping[str, Any]) -> None:
    """Settle every setting; SystemExit with a sentence for one that would be unsafe or can't be understood."""
    app.config.update(given)
    origins = _read(app, given)
    settled = app.config
    site = locate(settled["URL"])
    settled["URL"] = site.origin
    settled["SECURE"] = site.scheme == "https"
    hosts = [site.host]
    if settled["CLASS_URL"]:
        outside = locate(settled["CLASS_URL"])
        settled["CLASS_URL"] = outside.origin
        hosts.append(outside.host)
    settled["TRUSTED_HOSTS"] = list(dict.fromkeys([*hosts, *map(str.lower, settled["TRUSTED_HOSTS"])]))
    if settled["DEMO_ACCOUNTS"] is None:
        settled["DEMO_ACCOUNTS"] = not settled["SECURE"]
    settled["INSTANCE"] = app.instance_path = os.path.abspath(settled["INSTANCE"] or os.path.join(ROOT, "instance"))
    with writable():
        os.makedirs(app.instance_path, 0o700, exist_ok=True)
        keep_private(Path(app.instance_path))
    settled["SECRET_KEY"] = settled["SECRET_KEY"] or _local_key(app)
    if not settled["DATABASE_URL"]:
        settled["DATABASE_URL"] = f"sqlite:///{os.path.join(app.instance_path, 'crumb.sqlite3')}"

    @app.cli.command("settings")
    def show_settings() -> None:
        """Show every setting, where it comes from, and what it does."""
        for setting in SETTINGS:
            click.echo(f"CRUMB_{setting.name}={setting.write(settled[setting.name])}  ({origins[setting.name]})")
            click.echo(textwrap.fill(setting.help, 100, initial_indent="    ", subsequent_indent="    "))


def _read(app: Flask, given: Mapping[str, Any]) -> dict[str, str]:
    """Read each setting from where it stands first, and return where that was."""
    environment = {name.removeprefix("CRUMB_"): text for name, text in os.environ.items() if name.startswith("CRUMB_")}
    written = {name: value for name, value in vars(config).items() if name.isupper()}
    known = {setting.name: setting.default for setting in SETTINGS}
    for name in [*environment, *written]:
        if name not in known:
            [nearest] = difflib.get_close_matches(name.upper(), known, 1, cutoff=0)
            raise SystemExit(
                f"CRUMB_{name} is no setting of this version of Crumb: take it away, or write CRUMB_{nearest} if that "
                "is what you mean"
            )
    # config.py names all of them: only what somebody changed there comes from there.
    changed = {name: value for name, value in written.items() if value != known[name]}
    sources = {"given": given, "environment": environment, "config.py": changed, "default": known}
    origins = {}
    for setting in SETTINGS:
        origin = next(origin for origin, values in sources.items() if setting.name in values)
        app.config[setting.name] = setting.read(sources[origin][setting.name])
        origins[setting.name] = origin
    return origins


@contextmanager
def writable() -> Iterator[None]:
    """Do something in the instance folder; SystemExit with a sentence where the system refuses."""
    try:
        yield
    except OSError as error:
        raise SystemExit(
            f"The instance folder can't be used ({error}): let Crumb write there, or name another by CRUMB_INSTANCE"
        ) from None


def _local_key(app: Flask) -> str:
    if app.config["SECURE"]:
        raise SystemExit("CRUMB_SECRET_KEY is not set: under https the key is yours to make and to keep")
    path = Path(app.instance_path, "secret_key")
    with writable():
        if not path.exists():
            # Several workers may start at once: each writes aside, and only the first can link its file into place.
            aside = path.with_name(f"secret_key.{os.getpid()}")
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_hex())
            with suppress(FileExistsError):
                os.link(aside, path)
            aside.unlink()
        keep_private(path)
        key = path.read_text("ascii", "replace").strip()
    if _weak_key(key):
        raise SystemExit(f"{path} holds no key: put the key back, or delete the file, and a new one is made")
    return key
