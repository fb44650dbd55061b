"""The response class: it notes which line of ours asked for each `Set-Cookie`."""

from typing import Any

import flask

from webapp.cookies import CallSite, current_jar, find_call_site


class Response(flask.Response):
    """A response that knows the call site of each cookie, also of those that a library writes."""

    max_cookie_size = 0  # Werkzeug would count the whole line; the jar counts name and value, as browsers do
    # Kept on the class as well: Flask turns the responses of libraries into ours without calling __init__.
    call_sites: tuple[tuple[str, CallSite | None], ...] = ()

    def set_cookie(self, key: str, *args: Any, **kwargs: Any) -> None:
        """Add the header line as Werkzeug does, and note who asked for it: `delete_cookie` and Flask come here too."""
        super().set_cookie(key, *args, **kwargs)
        site = current_jar().call_sites.get(key) or find_call_site()
        self.call_sites = (*self.call_sites, (self.headers.getlist("Set-Cookie")[-1], site))

    def set_cookie_line(self, line: str, call_site: CallSite | None) -> None:
        """Add a header line as it stands: what a visitor wrote, in the lab."""
        self.headers.add("Set-Cookie", line)
        self.call_sites = (*self.call_sites, (line, call_site))
