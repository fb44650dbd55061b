"""Every rule that a decision can name: where it is written, DevTools' word for it, and a sentence for people.

Sections are those of RFC 6265bis (draft-ietf-httpbis-rfc6265bis), unless another document is named.
"""

from dataclasses import dataclass, field
from typing import Literal


# The same mark as webapp.i18n.N_, and the extraction of texts goes by this name. It is here again because this
# package must not import Flask, which webapp.i18n does.
def N_(text: str) -> str:
    """Mark `text` for translation where it is declared, and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its key, the section that states it, DevTools' reason word ("" where it has none), a sentence.

    The words were compared with those that Chromium 156 gives; where several rules are against a line, it gives one.
    """

    key: str
    section: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Step:
    """One rule applied: `kind` says with what effect, `values` fill the places in the rule's sentence.

    To show it: `_(step.rule.sentence, **step.values)`.
    """

    rule: Rule
    kind: Literal["note", "warning", "refused"] = "note"
    values: dict[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.rule.sentence % self.values


def note(rule: Rule, **values: object) -> Step:
    """The rule held, and this is what it gave."""
    return Step(rule, "note", values)


def warning(rule: Rule, **values: object) -> Step:
    """The rule held, but likely not as the author of the line meant it."""
    return Step(rule, "warning", values)


def refused(rule: Rule, **values: object) -> Step:
    """The rule forbids: the cookie is not stored, or not sent."""
    return Step(rule, "refused", values)


# Reading the line
PAIR = Rule("pair", "5.6 step 3", "", N_("The name is “%(name)s”, the value “%(value)s”."))
NAMELESS = Rule(
    "nameless", "5.6 step 3", "", N_("There is no name: a cookie with only a value, sent as the bare value.")
)
NAMELESS_REFUSED = Rule(
    "nameless-refused", "5.3", "NoCookieContent", N_("This browser takes no cookie without a name.")
)
NAMELESS_AMBIGUOUS = Rule(
    "nameless-ambiguous",
    "5.3",
    "",
    N_("Without a name it would go back as “%(value)s”, and be taken for another cookie: this browser refuses it."),
)
CONTROL_CHARACTER = Rule(
    "control-character", "5.6 step 1", "DisallowedCharacter", N_("A control character spoils the whole line.")
)
TAB_INSIDE = Rule(
    "tab-inside", "5.6 step 1", "DisallowedCharacter", N_("This browser allows no TAB inside this part of the line.")
)
EMPTY = Rule("empty", "5.7 step 2", "NoCookieContent", N_("There is neither a name nor a value."))
TOO_LARGE = Rule(
    "too-large",
    "5.6 step 5",
    "NameValuePairExceedsMaxSize",
    N_("Name and value together are %(size)d bytes long; 4096 are allowed."),
)
ATTRIBUTE_TOO_LARGE = Rule(
    "attribute-too-large",
    "5.6 attributes, step 6",
    "WarnAttributeValueExceedsMaxSize",
    N_("The value of %(attribute)s is over 1024 bytes long, so this attribute is ignored."),
)
ATTRIBUTE_UNKNOWN = Rule(
    "attribute-unknown",
    "5.6 attributes, step 7",
    "",
    N_("The attribute “%(attribute)s” is not known and means nothing."),
)
EXPIRES_UNREADABLE = Rule(
    "expires-unreadable", "5.6.1 step 2", "", N_("“%(text)s” can't be read as a date, so this Expires is ignored.")
)
MAX_AGE_UNREADABLE = Rule(
    "max-age-unreadable",
    "5.6.2 steps 1 to 3",
    "",
    N_("“%(text)s” is not a whole number of seconds, so this Max-Age is ignored."),
)
REPEATED = Rule(
    "repeated", "5.7 steps 6 to 11", "", N_("%(attribute)s is written more than once: the last one counts.")
)
FLAG_VALUE = Rule(
    "flag-value",
    "5.6.5",
    "",
    N_("%(attribute)s counts as soon as it is written: “%(text)s” behind it changes nothing."),
)
ZONE_READ = Rule(
    "zone-read",
    "5.6.1",
    "",
    N_("The date names a time zone. This browser applies it; the standard reads the time as UTC."),
)
ZONE_IGNORED = Rule(
    "zone-ignored", "5.6.1", "", N_("The date names a time zone, which means nothing here: the time is read as UTC.")
)
SAME_SITE_UNKNOWN = Rule(
    "same-site-unknown", "5.6.7 step 1", "", N_("SameSite knows Strict, Lax and None; “%(text)s” counts as absent.")
)

# Lifetime
MAX_AGE_WINS = Rule("max-age-wins", "5.7 step 6", "", N_("Max-Age counts; Expires beside it does not."))
SESSION = Rule("session", "5.7 step 6", "", N_("Without a lifetime, it ends with the browser's session."))
PERSISTENT = Rule("persistent", "5.7 step 6", "", N_("A persistent cookie, kept until %(expires)s."))
LIFETIME_CAPPED = Rule(
    "lifetime-capped", "5.5", "", N_("The lifetime is cut to %(days)d days, the longest that is allowed.")
)

# Domain and path
SCHEME = Rule("scheme", "5.2", "SchemeNotSupported", N_("Cookies live at http and https addresses with a host."))
HOST_ONLY = Rule("host-only", "5.7 step 10", "", N_("Host-only: it goes back to %(host)s and to no subdomain."))
DOMAIN = Rule("domain", "5.7 step 10", "", N_("It goes to %(domain)s and to every host below."))
DOMAIN_DOT = Rule("domain-dot", "5.6.3", "", N_("The dot in front of the Domain is dropped, and makes no difference."))
DOMAIN_EMPTY = Rule("domain-empty", "5.6.3", "", N_("A Domain without a name counts as not written."))
DOMAIN_OF_ITS_OWN = Rule(
    "domain-of-its-own",
    "5.7 step 9",
    "",
    N_("“%(domain)s” is this very host, and none below may share its cookies: the Domain counts as not written."),
)
DOMAIN_INCOMPLETE = Rule(
    "domain-incomplete", "5.1.2", "InvalidDomain", N_("“%(domain)s” is no host name: one of its parts is empty.")
)
DOMAIN_NOT_ASCII = Rule(
    "domain-not-ascii", "5.7 step 8", "InvalidDomain", N_("The Domain has a character outside of ASCII.")
)
PUBLIC_SUFFIX = Rule(
    "public-suffix",
    "5.7 step 9",
    "InvalidDomain",
    N_("“%(domain)s” is a public suffix, shared by sites that don't know each other."),
)
DOMAIN_MISMATCH = Rule(
    "domain-mismatch", "5.7 step 10", "InvalidDomain", N_("%(host)s is not “%(domain)s” and does not lie below it.")
)
LOCALHOST_DOMAIN = Rule(
    "localhost-domain", "5.7 step 1", "InvalidDomain", N_("This browser takes no Domain attribute for localhost.")
)
PATH_GIVEN = Rule("path", "5.7 step 11", "", N_("It goes to %(path)s and everything below."))
PATH_DEFAULT = Rule(
    "path-default", "5.1.4", "", N_("No Path was written: it goes to the directory that set it, %(path)s.")
)
PATH_EMPTY = Rule("path-empty", "5.6.4", "", N_("The Path is empty: it goes to the directory that set it, %(path)s."))
PATH_UNREACHABLE = Rule(
    "path-unreachable",
    "5.1.4",
    "",
    N_(
        "No address has such a path: browsers end it at ? and #, resolve dots, and percent-encode spaces, quotes and "
        "letters beyond ASCII. It will never be sent."
    ),
)
PATH_TOO_LONG = Rule(
    "path-too-long",
    "5.1.4",
    "",
    N_("The directory that set it is over %(most)d bytes long, and no Path was written: this browser drops it."),
)
PATH_IGNORED = Rule(
    "path-ignored",
    "5.6.4",
    "",
    N_("“%(text)s” does not start with a slash: the path is the setting directory, %(path)s."),
)

# Secure, HttpOnly, SameSite
SECURE_FROM_INSECURE = Rule(
    "secure-from-insecure", "5.7 step 13", "SecureOnly", N_("Only a secure connection may set a Secure cookie.")
)
SECURE_LOOPBACK = Rule(
    "secure-loopback", "5.8.3", "", N_("This is plain http, but to your own machine, which counts as secure here.")
)
HTTP_ONLY_FROM_SCRIPT = Rule("http-only-from-script", "5.7 step 15", "", N_("A script can't set an HttpOnly cookie."))
OVERWRITE_SECURE = Rule(
    "overwrite-secure",
    "5.7 step 16",
    "OverwriteSecure",
    N_("Leave Secure cookies alone: an insecure page can't cover the Secure cookie of this name."),
)
OVERWRITE_HTTP_ONLY = Rule(
    "overwrite-http-only", "5.7 step 23", "", N_("A script can't replace or delete an HttpOnly cookie.")
)
STRICT_SET_CROSS_SITE = Rule(
    "strict-set-cross-site",
    "5.7 step 18",
    "SameSiteStrict",
    N_("A SameSite=Strict cookie can't be set from within another site's page."),
)
LAX_SET_CROSS_SITE = Rule(
    "lax-set-cross-site",
    "5.7 step 18",
    "SameSiteLax",
    N_("A SameSite=Lax cookie can't be set from within another site's page."),
)
DEFAULT_SET_CROSS_SITE = Rule(
    "default-set-cross-site",
    "5.7 step 18",
    "SameSiteUnspecifiedTreatedAsLax",
    N_("Without SameSite it counts as Lax, and can't be set from within another site's page."),
)
NONE_INSECURE = Rule(
    "none-insecure", "5.7 step 19", "SameSiteNoneInsecure", N_("SameSite=None asks for Secure beside it.")
)

# Name prefixes
SECURE_PREFIX = Rule("secure-prefix", "5.7 step 20", "InvalidPrefix", N_("A name with __Secure- asks for Secure."))
HOST_PREFIX = Rule(
    "host-prefix", "5.7 step 21", "InvalidPrefix", N_("A name with __Host- asks for Secure, Path=/ and no Domain.")
)
HTTP_PREFIX = Rule(
    "http-prefix",
    "layered-cookies 4.1.3.3",
    "InvalidPrefix",
    N_("A name with __Http- asks for Secure and HttpOnly, and can't be set by a script."),
)
HOST_HTTP_PREFIX = Rule(
    "host-http-prefix",
    "layered-cookies 4.1.3.4",
    "InvalidPrefix",
    N_("A name with __Host-Http- asks for Secure, HttpOnly, Path=/ and no Domain, and can't be set by a script."),
)
NAMELESS_PREFIX = Rule(
    "nameless-prefix",
    "5.7 step 22",
    "InvalidPrefix",
    N_("A cookie without a name can't have a value that looks like a name prefix."),
)
NAMELESS_HTTP_PREFIX = Rule(
    "nameless-http-prefix",
    "layered-cookies 5.4.3",
    "InvalidPrefix",
    N_("A cookie without a name can't have a value that looks like the name prefix __Http-."),
)

# Third parties
PARTITIONED = Rule("partitioned", "CHIPS", "", N_("It is kept apart for each top-level site; here for %(site)s."))
PARTITIONED_INSECURE = Rule("partitioned-insecure", "CHIPS", "", N_("Partitioned asks for Secure beside it."))
THIRD_PARTY = Rule(
    "third-party", "7.1", "UserPreferences", N_("This browser blocks third-party cookies that are not partitioned.")
)

# What came of a line
STORED = Rule("stored", "5.7 step 24", "", N_("The cookie is stored."))
REPLACED = Rule("replaced", "5.7 step 23", "", N_("It takes the place of the cookie with the same identity."))
DELETED = Rule("deleted", "5.7", "", N_("Its date is in the past: the stored cookie is deleted."))
NOTHING_TO_DELETE = Rule(
    "nothing-to-delete",
    "5.7",
    "",
    N_(
        "Its date is in the past, but no stored cookie matches in name, domain, host-only and path: nothing is deleted."
    ),
)
NEAR_PATH = Rule(
    "near-path",
    "5.7 step 23",
    "",
    N_("One of this name is stored under another path, %(path)s: that is another cookie."),
)
NEAR_HOST_ONLY = Rule(
    "near-host-only",
    "5.7 step 23",
    "",
    N_("One of this name is stored host-only; with a Domain this line speaks of another cookie."),
)
NEAR_DOMAIN = Rule(
    "near-domain",
    "5.7 step 23",
    "",
    N_("One of this name is stored with Domain=%(domain)s; this line speaks of another cookie."),
)
NEAR_PARTITION = Rule(
    "near-partition", "CHIPS", "", N_("One of this name is stored in another partition: that is another cookie.")
)
EVICTED = Rule("evicted", "5.7", "", N_("The store was full; so many cookies had to go: %(count)d."))
CROWDED_OUT = Rule("crowded-out", "5.7", "", N_("The store is full of cookies that are to stay before this one."))

# Sending
SENT = Rule("sent", "5.8.3", "", N_("It is sent."))
LONGER_PATH_FIRST = Rule(
    "longer-path-first",
    "5.8.3 step 4",
    "",
    N_("Longer paths go first: it goes before “%(name)s” of the path %(path)s."),
)
OTHER_HOST = Rule("other-host", "5.8.3 step 3", "DomainMismatch", N_("It belongs to %(domain)s, not to this host."))
NOT_ON_PATH = Rule("not-on-path", "5.8.3 step 3", "NotOnPath", N_("It belongs to the path %(path)s."))
PATH_BORDER = Rule(
    "path-border",
    "5.1.4",
    "NotOnPath",
    N_("It belongs to the path %(path)s. %(asked)s begins like it, but a path ends at a slash."),
)
SECURE_TO_INSECURE = Rule(
    "secure-to-insecure", "5.8.3 step 3", "SecureOnly", N_("A Secure cookie travels over secure connections only.")
)
HIDDEN_FROM_SCRIPT = Rule("hidden-from-script", "5.8.3 step 3", "", N_("HttpOnly hides it from scripts."))
STRICT_CROSS_SITE = Rule(
    "strict-cross-site", "5.8.3 step 3", "SameSiteStrict", N_("SameSite=Strict: not with a request from another site.")
)
LAX_CROSS_SITE = Rule(
    "lax-cross-site",
    "5.8.3 step 3",
    "SameSiteLax",
    N_("SameSite=Lax: from another site only when a link or the like opens the page."),
)
DEFAULT_CROSS_SITE = Rule(
    "default-cross-site",
    "5.8.3 step 3",
    "SameSiteUnspecifiedTreatedAsLax",
    N_("Without SameSite it counts as Lax: from another site only when a link or the like opens the page."),
)
LAX_ALLOW_UNSAFE = Rule(
    "lax-allow-unsafe",
    "5.6.7.2",
    "WarnSameSiteUnspecifiedLaxAllowUnsafe",
    N_("Without SameSite and at most two minutes old, it still goes with a form sent from another site."),
)
OTHER_PARTITION = Rule(
    "other-partition", "CHIPS", "", N_("It was kept for the top-level site %(site)s, not for this one.")
)

OTHER_ANCESTOR = Rule(
    "other-ancestor",
    "CHIPS",
    "",
    N_("The top-level site is the same, but one time a page of another site stands between: two partitions."),
)

RULES = {rule.key: rule for rule in list(globals().values()) if isinstance(rule, Rule)}
