"""The response class: it notes which line of ours asked for each `Set-Cookie`."""

from typing import Any

import flask

from webapp.cookies import CallSite, current_jar


class Response(flask.Response):
    """A response that knows the call site of each cookie, also of those that a library writes."""

    max_cookie_size = 0  # Werkzeug would count the whole line of a library; browsers count name and value
    # Kept on the class as well: Flask turns the responses of libraries into ours without calling __init__.
    call_sites: tuple[tuple[str, CallSite | None], ...] = ()

    def set_cookie(self, key: str, *args: Any, **kwargs: Any) -> None:
        """Add a library's header line as Werkzeug does, and note who asked for it: `delete_cookie` comes here too."""
        super().set_cookie(key, *args, **kwargs)
        line = self.headers.getlist("Set-Cookie")[-1]
        self.call_sites = (*self.call_sites, (line, current_jar().call_site(key)))

    def set_cookie_line(self, line: str, call_site: CallSite | None) -> None:
        """Add a header line as it stands, which the jar hands over."""
        self.headers.add("Set-Cookie", line)
        self.call_sites = (*self.call_sites, (line, call_site))
