"""The cookies that programs make by httpbin's calls."""

from webapp.cookies import Category, codecs
from webapp.i18n import N_
from webapp.sandbox import Sandbox, says

HTTPBIN = Sandbox(
    name="",
    purpose=N_("Cookies of any name that you make by the calls for programs; they stay under that path."),
    does=N_("the answer, in JSON"),
    says=says,
    category=Category.NECESSARY,
    codec=codecs.Opaque(),
    path="/httpbin",
)
