"""What benches try in common: cookies that differ in SameSite alone, and ways to cause a request."""

from dataclasses import dataclass

from webapp.i18n import N_
from webapp.useragent import ENGINES, ThirdParty

# SameSite of each cookie, and what a line needs for it. None asks for Secure beside it (RFC 6265bis section 5.7).
VICTIMS = {
    "lab-unset": "",
    "lab-lax": "; SameSite=Lax",
    "lab-strict": "; SameSite=Strict",
    "lab-none": "; SameSite=None; Secure",
}


@dataclass(frozen=True)
class Way:
    """One way a page can cause a request to the site."""

    key: str
    title: str
    method: str = "GET"
    cross_site: bool = True
    top_level: bool = True


WAYS = {
    way.key: way
    for way in (
        Way("own", N_("A link on this site itself"), cross_site=False),
        Way("link", N_("A link")),
        Way("get", N_("A form with GET")),
        Way("post", N_("A form with POST"), method="POST"),
        Way("image", N_("A picture"), top_level=False),
        Way("frame", N_("A frame"), top_level=False),
        Way("fetch", N_("A script: fetch()"), top_level=False),
    )
}


def third_parties(engine: str) -> tuple[ThirdParty | None, ...]:
    """Return what visitors may have chosen to do with the cookies of third parties, first that they chose nothing."""
    return (None, "blocked") if ENGINES[engine].third_party == "allowed" else (None,)
