"""The WSGI application, for any server: `waitress-serve wsgi:app`, `flask run`."""

from webapp import create_app

app = create_app()
