"""No credential leaves the recorder whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.cookies import Category, Cookie, Registry, codecs
from webapp.wire.record.masking import MASK, mask


def declaration(name: str, **fields) -> Cookie:
    """Return a declaration that only differs in what masking looks at."""
    return Cookie(name=name, purpose="", category=Category.NECESSARY, codec=codecs.Text(999), **fields)


REGISTRY = Registry()
REGISTRY.declare("test", declaration("plain"), declaration("signed", signed=True), declaration("secret", secret=True))


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("plain", "dark", "dark"),
        ("stranger", "a.b.c", "a.b.c"),
        ("signed", "ada.time.signature", "ada.time." + MASK),
        ("__Host-signed", "ada.time.signature", "ada.time." + MASK),
        ("secret", "selector.validator", "selector." + MASK),
        ("secret", "token", MASK),
        ("secret", "", ""),
    ],
)
def test_mask(name, value, shown):
    """Plain values show, signed ones without their signature, secret ones without their secret part."""
    assert mask(REGISTRY, name, value) == shown


@given(value=st.text(st.characters(max_codepoint=255), min_size=1))
def test_the_end_of_a_credential_never_shows(value):
    """Whatever a browser sends under a secret name, what follows its last dot is hidden."""
    assert mask(REGISTRY, "secret", value).endswith(MASK)
    assert mask(REGISTRY, "secret", value)[: -len(MASK)] in ("", value[: value.rfind(".") + 1])
