"""What is behind Flask's proxies, for what each page asks many times: the proxies themselves took 14 % of it."""

from collections.abc import Callable
from typing import Any

from flask import current_app, g, request

this_app: Callable[[], Any] = current_app._get_current_object  # type: ignore[attr-defined]
this_g: Callable[[], Any] = g._get_current_object
this_request: Callable[[], Any] = request._get_current_object  # type: ignore[attr-defined]
