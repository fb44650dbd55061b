"""The cookies of the lab: visitors write their lines, and none reaches a cookie of the site."""

from webapp.cookies import Category, codecs
from webapp.i18n import N_
from webapp.sandbox import Sandbox, says

LAB = Sandbox(
    name="lab-",
    purpose=N_("Cookies that you make yourself in the lab, to see what your browser does with them."),
    does=N_("what the lab found"),
    says=says,
    category=Category.NECESSARY,
    codec=codecs.Opaque(),
    path="/lab",
)
