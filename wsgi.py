"""The WSGI application, for any server: `serve.py`, `flask run`."""

from webapp import create_app
from webapp.database.bounds import keep_swept

app = create_app()
keep_swept(app)
