"""Lines to begin with: one preset for a rule, or a few for one with two sides, by what they are about."""

from dataclasses import dataclass

from webapp.i18n import N_


@dataclass(frozen=True)
class Preset:
    """What stands in the form when somebody chooses it.

    `ask` is the path, below the result's, that is asked after; `failing` sends the lines with an error.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    ask: str = ""
    failing: bool = False


_LONG = 4096 - len("lab-4096")

TOPICS = {
    N_("Name and value"): (
        Preset("plain", N_("A name and a value"), ("lab-flavour=rye",)),
        Preset("spaces", N_("Spaces and quotes"), ('lab-spaces =  "two words" ',)),
        Preset("equals", N_("An equals sign in the value"), ("lab-equals=a=b",)),
        Preset("percent", N_("A percent sign and two digits"), ("lab-percent=%41",)),
        Preset("nameless", N_("No name"), ("lab-nameless",)),
        Preset("tab", N_("A tab inside the value"), ("lab-tab=a\tb",)),
        Preset("control", N_("A control character inside the value"), ("lab-control=a\x01b",)),
        Preset("octets", N_("Letters that are not ASCII"), ("lab-octets=Br\xc3\xb6tchen",)),
        Preset("4096", N_("Name and value of 4096 octets together"), ("lab-4096=" + "x" * _LONG,)),
        Preset("4097", N_("Name and value of 4097 octets together"), ("lab-4097=" + "x" * (_LONG + 1),)),
    ),
    N_("Attributes"): (
        Preset("attribute", N_("An attribute longer than 1024 octets"), ("lab-attribute=1; Comment=" + "x" * 1025,)),
        Preset("twice", N_("An attribute twice"), ("lab-twice=1; Max-Age=0; Max-Age=600",)),
        Preset("letters", N_("Attributes in other letters"), ("lab-letters=1; mAX-aGE=0",)),
        Preset("unknown", N_("An attribute that nobody knows"), ("lab-unknown=1; Crunchy",)),
        Preset("comma", N_("Two pairs, parted by a comma"), ("lab-comma=1, lab-second=2",)),
        Preset("error", N_("With an answer that is an error"), ("lab-error=1",), failing=True),
    ),
    N_("How long it lasts"): (
        Preset(
            "max-age", N_("Max-Age against Expires"), ("lab-age=1; Max-Age=600; Expires=Thu, 01 Jan 1970 00:00:00 GMT",)
        ),
        Preset("max-age-junk", N_("A Max-Age that is no number"), ("lab-junk=1; Max-Age=ten",)),
        Preset("years", N_("A lifetime of ten years"), ("lab-years=1; Max-Age=315360000",)),
        Preset("expires", N_("A date in an odd form"), ("lab-date=1; Expires=1 january 2038 0:0:0",)),
        Preset("expires-junk", N_("A date that can't be read"), ("lab-soon=1; Expires=tomorrow",)),
        Preset("delete", N_("Set, then deleted"), ("lab-gone=1", "lab-gone=; Max-Age=0")),
        Preset(
            "delete-path",
            N_("Set, then deleted under another path"),
            ("lab-stays=1", "lab-stays=; Max-Age=0; Path=/lab/result"),
        ),
        Preset("replace", N_("The same name twice"), ("lab-again=1", "lab-again=2")),
    ),
    N_("Domain and path"): (
        Preset(
            "domain-own", N_("Domain of this very host, for a visitor at localhost"), ("lab-own=1; Domain=localhost",)
        ),
        Preset("domain-dot", N_("A Domain with a dot in front"), ("lab-dot=1; Domain=.localhost",)),
        Preset("domain", N_("Domain of another site"), ("lab-domain=1; Domain=example.org",)),
        Preset("suffix", N_("Domain of a public suffix"), ("lab-suffix=1; Domain=com",)),
        Preset(
            "domain-octets",
            N_("A Domain with a letter that is not ASCII"),
            ("lab-umlaut=1; Domain=b\xc3\xbccher.example",),
        ),
        Preset("path", N_("A path, and an address below it"), ("lab-path=1; Path=/lab/result/docs",), "docs/cookies"),
        Preset(
            "path-border",
            N_("A path, and an address that begins like it"),
            ("lab-border=1; Path=/lab/result/docs",),
            "docsets",
        ),
        Preset("path-default", N_("A path without a slash in front"), ("lab-default=1; Path=lab",)),
    ),
    N_("Secure, HttpOnly, SameSite"): (
        Preset("http-only", N_("HttpOnly"), ("lab-hidden=1; HttpOnly",)),
        Preset("secure", N_("Secure"), ("lab-secure=1; Secure",)),
        Preset("none", N_("SameSite=None without Secure"), ("lab-none=1; SameSite=None",)),
        Preset("none-secure", N_("SameSite=None with Secure"), ("lab-none-secure=1; SameSite=None; Secure",)),
        Preset("same-site-junk", N_("A SameSite that nobody knows"), ("lab-same=1; SameSite=Strictly",)),
        Preset("strict", N_("SameSite=Strict, asked after by this site"), ("lab-strict=1; SameSite=Strict",)),
    ),
    N_("Name prefixes"): (
        Preset("host", N_("The name prefix __Host-"), ("__Host-lab-a=1; Secure; Path=/",)),
        Preset("host-path", N_("The name prefix __Host- without Path=/"), ("__Host-lab-b=1; Secure",)),
        Preset("secure-prefix", N_("The name prefix __Secure- without Secure"), ("__Secure-lab-c=1",)),
        Preset("http-prefix", N_("The name prefix __Http-"), ("__Http-lab-d=1; Secure; HttpOnly",)),
        Preset("http-prefix-open", N_("The name prefix __Http- without HttpOnly"), ("__Http-lab-e=1; Secure",)),
        Preset(
            "host-http-prefix", N_("The name prefix __Host-Http-"), ("__Host-Http-lab-f=1; Secure; HttpOnly; Path=/",)
        ),
        Preset(
            "host-http-prefix-open",
            N_("The name prefix __Host-Http- without HttpOnly"),
            ("__Host-Http-lab-g=1; Secure; Path=/",),
        ),
        Preset(
            "nameless-prefix", N_("An empty name, and a value like a name prefix"), ("=__Secure-lab-value; Path=/lab",)
        ),
        Preset(
            "prefix-delete",
            N_("A prefixed cookie, and a deletion that breaks its prefix"),
            ("__Secure-lab-g=1; Secure", "__Secure-lab-g=; Max-Age=0"),
        ),
    ),
    N_("Partitioned"): (
        Preset("partitioned-secure", N_("Partitioned with Secure"), ("lab-apart=1; Secure; Partitioned",)),
        Preset("partitioned", N_("Partitioned without Secure"), ("lab-part=1; Partitioned",)),
    ),
}
PRESETS = {preset.key: preset for presets in TOPICS.values() for preset in presets}
