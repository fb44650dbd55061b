"""No page shows a credential whole: what it displays can't be replayed."""

from webapp.cookies import Registry

MASK = "••••••••"


def mask(registry: Registry, name: str, value: str) -> str:
    """Return the value of a cookie as a page may show it.

    Of a signed or secret value what follows the last dot is hidden (the signature, the validator), all of it where
    there is no dot; the payload before it stays readable, since it opens nothing by itself.
    """
    cookie = registry.find(name)
    if not value or cookie is None or not (cookie.secret or cookie.signed):
        return value
    payload, dot, _ = value.rpartition(".")
    return payload + dot + MASK
