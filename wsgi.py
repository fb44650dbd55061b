"""The WSGI application, for any server: `waitress-serve wsgi:app`, `flask run`."""

from webapp import create_app
from webapp.database.bounds import keep_swept

app = create_app()
keep_swept(app)
