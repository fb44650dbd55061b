"""Forms whose page comes back, and what is written into them."""

from dataclasses import dataclass, field

from tests.browser.town import BOARD
from webapp.sites.shop.goods import GOODS


@dataclass(frozen=True)
class Sending:
    """A form that is filled in, and the button that is pressed; the page comes back with this status.

    An empty `button` sends the form without one. One that is `alike` is looked at in English only, one that is not
    `shown` stands on no page in presenter mode.
    """

    path: str
    form: str
    fields: dict[str, str] = field(default_factory=dict)
    button: str = "button"
    status: int = 422
    alike: bool = False
    shown: bool = True


# Cookies that were set and sent, with an address, a name nobody can break in two, and lines that were joined.
PASTED = (
    "Host: shop.example\nCookie: sid=42; token=kq8f0a7d6f5b4c3e2d1a\nSet-Cookie: a=1; SameSite=None, b=2; Crunchy\n"
    f"Set-Cookie: {'long' * 30}={'long' * 90}; Domain=.shop.example; Path=/{'long' * 30}; Max-Age=60; Secure; HttpOnly"
)
# Forms whose page comes back: filled in wrongly on purpose, to look at a preview, or when the goods are gone.
SENDINGS = {
    "visitor": [
        Sending("/login", "#log-in", {"username": "", "password": ""}),
        Sending("/register", "main form.card", {"username": "x", "password": "short", "confirm": "other"}),
        Sending("/setcookie", "main form", {"title": "two words", "value": "a;b"}),
        Sending("/consent", "main form.choose", button=""),
        Sending("/social/", ".posts", button=".heart", status=200),
        Sending("/lab", "#question", {"line": "note=a;b", "set_by": "/", "to": "x"}),
        Sending("/lab/send", "#lab", {"lines": "session=1"}),
        Sending("/lab/send?preset=host", "#lab", status=200),
        Sending("/lab/send?preset=error", "#lab", status=404),
        Sending("/lab/send?name=lab-a", "#build", {"max_age": "10"}, status=200, alike=True),
        Sending("/lab/paste", "#paste", {"text": "{"}),
        Sending("/lab/paste", "#paste", {"text": PASTED}, status=200),
        Sending("/lab/cross", "#begin", status=200),
        Sending("/lab/clock", "#begin", status=200),
        Sending("/lab/trust", "#begin", status=200),
        Sending("/lab/trust", "#signed", button="a.action", status=200, alike=True),
        Sending("/lab/secret", "#begin", {"name": ""}),
        Sending("/lab/secret", "#begin", {"name": "Ada"}, status=200),
        Sending("/lab/secret/keys", "#sign", {"name": "The owner"}, status=200),
        Sending("/lab/secret/door", "#change", {"name": "x"}, status=403),
        Sending("/lab/cached", "#begin", {"name": "Ada"}, status=200),
        Sending("/lab/cached", "#second", button="#open", status=200),
        Sending("/lab/cached", "#second", status=200),
        Sending("/lab/scripts", "#begin", status=200),
        Sending("/lab/scripts", "[data-act=store-read]", status=200),
        Sending("/lab/schemes", "#begin", status=200, alike=True),
        Sending("/lab/stolen", "#pass", status=200),
        Sending("/lab/stolen", "#write", status=200),
        Sending("/teach", "#open-notes", status=200, shown=False),
        Sending("/teach/student", "#begin", status=200),
    ],
    "member": [
        Sending("/jar/cookie?name=consent", "#try", status=200),
        Sending("/jar/cookie?name=consent", "#change", {"value": "crumbs"}),
        Sending("/account/password", "main form.card", {"current": "wrong", "password": "short", "confirm": ""}),
        Sending("/account/close", "main form.card", {"password": "not the password"}),
        Sending("/account/name", "main form.card", {"username": "x"}, alike=True),
        Sending("/social/", "#write", {"text": ""}),
        Sending("/social/", "#write", {"text": "long " * 101}, alike=True),
        Sending("/social/{post}", "#write", {"text": ""}, alike=True),
        Sending("/social/{post}/edit", "#write", {"text": ""}, alike=True),
        Sending(f"/forum/{BOARD}/{{thread}}", "form.drafted", {"text": ""}, alike=True),
        Sending(f"/forum/{BOARD}/{{thread}}", "form.drafted", {"text": "> A **quote**\n\nand"}, "[name=preview]", 200),
        Sending(f"/forum/{BOARD}/new", "form.drafted", {"title": "", "text": ""}),
        Sending(f"/forum/{BOARD}/new", "form.drafted", {"title": "x", "text": "خبز" * 600}, "[name=keep]", alike=True),
        Sending(
            f"/forum/{BOARD}/new", "form.drafted", {"title": "x", "text": "- a"}, "[name=preview]", 200, alike=True
        ),
        Sending("/forum/post/{answer}/edit", "form.drafted", {"text": ""}, alike=True),
        Sending("/shop/basket", ".basket", {f"quantity-{next(iter(GOODS))}": "99"}, ".action"),
        Sending("/shop/checkout", "#checkout", {"name": ""}),
        Sending("/shop/checkout", "#checkout", {"name": "Nora"}, status=409),
    ],
}
