"""The WSGI application, for any server: `serve.py`, `flask run`."""

import gc

gc.disable()  # what a start makes is there to stay: to look through it for waste takes a fifth of the start

from webapp import create_app  # noqa: E402 - its import is most of a start
from webapp.database.bounds import keep_swept  # noqa: E402

app = create_app()
keep_swept(app)
gc.enable()
