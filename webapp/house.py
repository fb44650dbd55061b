"""What each feature hands over, and the house that they make: one typed object under one extension key.

A feature looks up nothing of another's. It hands over what the rest shows of it, and menu, footer, policy, the jar's
pages, the way of a reset and the marks of what is current derive from that.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from flask import Blueprint, Flask

from webapp.cookies import Cookie, declare, registry
from webapp.cookies.direct import this_app, this_request

_KEY = "house"
_PLAIN = "/:?@!$'()*,;"  # stand in a query as they are (RFC 3986 section 3.4)
T = TypeVar("T")


class Recent(NamedTuple):
    """One thing that the visitor looked at; `title` is in their language, `url` and `picture` are addresses.

    `cookie` and `value` are what told us, as they stand in the `Cookie` header; `at` is the moment they name.
    """

    id: str
    title: str
    url: str
    picture: str
    cookie: str
    value: str
    at: datetime


class Waiting(NamedTuple):
    """Something that the visitor left unfinished: `title` and `more` are in their language, `url` is an address."""

    title: str
    url: str
    more: str = ""


class Group(IntEnum):
    """The parts of the menu, in their order: to look around, to learn, what is the visitor's own."""

    SITES = 1
    COURSE = 2
    OWN = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Place:
    """A page of a feature, and where the rest of the house leads to it; `title` is to be translated.

    `menu` is the part of the menu that it stands in, for visitors to whom it is `shown`; `footer` tells whether it
    stands in the footer, `trial` whether the jar offers it as a page to try a cookie on. `named` returns the visitor's
    own word in the place of the title, "" for none. A place with a `count`, the number behind its title, stays in sight
    where the menu is folded. A page that `returns` is told where its visitor came from; one that `posts` is asked for
    by a button.
    """

    endpoint: str
    title: str
    menu: Group | None = None
    shown: Callable[[], bool] = lambda: True
    footer: bool = False
    trial: bool = False
    named: Callable[[], str] = str
    count: Callable[[], int] | None = None
    returns: bool = False
    posts: bool = False


class Part(NamedTuple):
    """A part of the menu, all that it depends on beside the page: what its places are told to lead back to, whether it
    is the first, and its places, each with the visitor's own word for it and its number.
    """

    back: str
    first: bool
    places: tuple[tuple[Place, str, int | None], ...]


class Entry(NamedTuple):
    """A place in the menu of this page: its address, whether the page is of its feature, whether it begins a part, the
    visitor's own word for it, and its number.
    """

    place: Place
    address: str
    current: bool
    begins: bool
    name: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A feature as the rest of the house sees it; its name is that of its first blueprint, where it gives no other.

    `title` is what its cookies belong to, `card` an experiment that the first page offers, with the names of the
    cookies that it `makes`; title and card are to be translated. `picture` is a path below the static folder.
    `parts` are features within it. `above` names the template of what stands above this page, "" for none, `asks`
    that of a question to this visitor, `invites` that of a first act for whoever has done nothing yet. `stays` are
    the cookies that a reset between two groups leaves, `copies` those that a thief would copy. Pages of a feature that
    is `aside` are about the others: a lesson does not watch them. `recent` is what the visitor looked at, `waiting`
    what they left unfinished. `clears` returns the address of a way past the hosts of some other parties, on which
    their cookies go, to a path of ours. `benches` set up an experiment as a lesson's step needs it, by its name.
    `asking` tells whether it asks the visitor for a prediction now, which others then hold back. `people` is the
    address that with a name behind it shows somebody who has an account. `style` is the sheet that its pages need
    besides the site's, for all of its parts.
    """

    name: str = ""
    title: str = ""
    card: str = ""
    makes: tuple[str, ...] = ()
    picture: str = "img/crumb.svg"
    blueprints: tuple[Blueprint, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    parts: tuple["Feature", ...] = ()
    places: tuple[Place, ...] = ()
    above: Callable[[], str] | None = None
    asks: Callable[[], str] = str
    invites: Callable[[], str] = str
    stays: tuple[Cookie, ...] = ()
    copies: tuple[Cookie, ...] = ()
    aside: bool = False
    style: str = ""
    recent: Callable[[], list[Recent]] = list
    people: Callable[[], str] = str
    waiting: Callable[[], list[Waiting]] = list
    clears: Callable[[Collection[str], str], str] | None = None
    lessons: Mapping[str, Any] = field(default_factory=dict)
    needs: Mapping[str, Any] = field(default_factory=dict)
    benches: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    asking: Callable[[], bool] = bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or self.blueprints[0].name)


class House:
    """All features of one app, in the order of menu and footer, and what each module keeps for that app."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._kept: dict[type, Any] = {}
        self._paths: dict[str, str] = {}
        self._menu: dict[Group, list[Place]] = {group: [] for group in Group}
        self._sections: dict[Place, set[str]] = {}
        self._above: list[Callable[[], str]] = []
        self._styles: dict[str, str] = {}
        self.features: dict[str, Feature] = {}

    def keep(self, thing: object) -> None:
        """Keep an object for the module that defines its type."""
        self._kept[type(thing)] = thing

    def kept(self, kind: type[T]) -> T:
        """Return what was kept of a type; KeyError where nothing was."""
        return self._kept[kind]

    def take_in(self, feature: Feature) -> None:
        """Register a feature's pages, declare its cookies, and show of it what it hands over."""
        family = (feature, *feature.parts)
        for each in family:
            self.features[each.name] = each
            declare(self._app, each.name, *each.cookies)
            for blueprint in each.blueprints:
                self._app.register_blueprint(blueprint)
        everywhere = {blueprint.name for each in family for blueprint in each.blueprints}
        self._styles |= dict.fromkeys(everywhere, feature.style)
        for each in family:
            section = everywhere if each is feature else {blueprint.name for blueprint in each.blueprints}
            for place in each.places:
                if place.menu:
                    self._menu[place.menu].append(place)
                    self._sections[place] = section
            if each.above:
                self._above.insert(0, each.above)

    def address(self, place: Place, back: str = "") -> str:
        """Return the address of a place; one that `returns` is told `back`."""
        query = f"?next={quote(back, safe=_PLAIN)}" if back and place.returns else ""
        return this_request().script_root + self.path(place) + query

    def path(self, place: Place) -> str:
        """Return the path of a place below the root of the site; it never changes, so it is built once."""
        if place.endpoint not in self._paths:
            self._paths[place.endpoint] = self._app.url_map.bind("").build(place.endpoint)
        return self._paths[place.endpoint]

    def menu(self, back: str) -> Iterator[Part]:
        """Yield the parts of this visitor's menu; a place that `returns` is told `back`."""
        first = True
        for places in self._menu.values():
            shown = [place for place in places if place.shown()]
            if shown:
                told = back if any(place.returns for place in shown) else ""
                words = ((place, place.named(), place.count() if place.count else None) for place in shown)
                yield Part(told, first, tuple(words))
                first = False

    def entries(self, part: Part) -> Iterator[Entry]:
        """Yield the entries of a part of the menu, on this page."""
        blueprint, begins = this_request().blueprint, not part.first
        for place, name, count in part.places:
            address = self.address(place, part.back)
            yield Entry(place, address, blueprint in self._sections[place], begins, name, count)
            begins = False

    def footer(self, back: str) -> Iterator[tuple[Place, str, bool]]:
        """Yield the places in the footer, each with its address and with whether it is this very page."""
        endpoint = this_request().endpoint
        for place in self.places():
            if place.footer:
                yield place, self.address(place, back), place.endpoint == endpoint

    def places(self) -> Iterator[Place]:
        """Yield every place of every feature."""
        for feature in self.features.values():
            yield from feature.places

    def above(self) -> Iterator[str]:
        """Yield the templates of what stands above this page; those of the last features stand first."""
        return filter(None, (say() for say in self._above))

    def style(self) -> str:
        """Return the sheet that this page needs besides the site's, "" for none."""
        return self._styles.get(this_request().blueprint, "")

    def asks(self) -> Iterator[str]:
        """Yield the templates of what is asked of this visitor."""
        return filter(None, (feature.asks() for feature in self.features.values()))

    def recent(self) -> list[tuple[Recent, str]]:
        """Return what the visitor looked at anywhere, with the title of the feature, the newest first."""
        found = [(item, feature.title) for feature in self.features.values() for item in feature.recent()]
        return sorted(found, key=lambda pair: pair[0].at, reverse=True)

    def people(self) -> str:
        """Return the address that with a name behind it shows somebody; "" where no feature shows people."""
        return next(filter(None, (feature.people() for feature in self.features.values())), "")

    def asking(self) -> bool:
        """Tell whether this visitor is asked for a prediction: until it is made, no page tells what the model says."""
        return any(feature.asking() for feature in self.features.values())

    def waiting(self) -> list[tuple[Waiting, Feature]]:
        """Return what the visitor left unfinished anywhere, each with its feature."""
        return [(item, feature) for feature in self.features.values() for item in feature.waiting()]

    def invites(self) -> Iterator[str]:
        """Yield the templates of first acts that this visitor has not done yet."""
        return filter(None, (feature.invites() for feature in self.features.values()))

    def cookies(self) -> Iterator[Cookie]:
        """Yield the declarations of every feature."""
        for feature in self.features.values():
            yield from feature.cookies

    def title_of(self, cookie: Cookie) -> str:
        """Return the title of the feature that a cookie belongs to, to be translated."""
        return self.features[registry().owner(cookie)].title

    def stays(self, cookie: Cookie) -> bool:
        """Tell whether a reset between two groups leaves this cookie."""
        return any(cookie in feature.stays for feature in self.features.values())

    def is_aside(self, path: str) -> bool:
        """Tell whether a path is that of a page about the others; of blueprints within others the innermost says so."""
        here = f"{path.partition('?')[0]}/"
        aside = {f"{bp.url_prefix}/": each.aside for each in self.features.values() for bp in each.blueprints}
        return aside.get(max((place for place in aside if here.startswith(place)), key=len, default=""), False)

    @property
    def lessons(self) -> dict[str, Any]:
        """Every lesson by its key, in the order of the course."""
        return {key: lesson for feature in self.features.values() for key, lesson in feature.lessons.items()}

    @property
    def needs(self) -> dict[str, Any]:
        """What a lesson's step may need, by its name, in the order to tell it in."""
        return {name: need for feature in self.features.values() for name, need in feature.needs.items()}

    @property
    def benches(self) -> dict[str, Callable[[], object]]:
        """Every experiment that a lesson's step can ask to be set up, by its name."""
        return {name: set_up for feature in self.features.values() for name, set_up in feature.benches.items()}

    def way_past(self, roles: Collection[str], back: str) -> str:
        """Return the address of a way to a path of ours past the hosts of these roles, on which their cookies go."""
        ways = (feature.clears for feature in self.features.values() if feature.clears)
        return next((way(roles, back) for way in ways if roles), back)


def house(app: Flask | None = None) -> House:
    """Return the house of an app, else of the current one; it is built at the first question."""
    app = app or this_app()
    if _KEY not in app.extensions:
        app.extensions[_KEY] = House(app)
    return app.extensions[_KEY]
