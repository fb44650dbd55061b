"""The tutorial's whole job in plain Flask and Flask-Login; Crumb's page /setcookie/plain says how to run it."""

import secrets
import time
from datetime import timedelta

from flask import Flask, abort, make_response, redirect, render_template_string, request
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.security import check_password_hash, generate_password_hash

DAY = timedelta(days=1)
ATTRIBUTES = {"httponly": True, "samesite": "Lax"}  # under https also "secure": True
CHOICES = {"theme": ("light", "dark"), "language": ("en", "de", "ar")}
THINGS = ("rye", "bagel", "pretzel", "stollen", "babka")
PAGE = """<!doctype html><html lang="{{ language }}" style="color-scheme: {{ theme }}"><title>Plain</title>
<h1>{{ {"en": "Welcome", "de": "Willkommen", "ar": "أهلًا"}[language] }} {{ current_user.id }}</h1><p>{{ text }}</p>
<form method="post" action="/setcookie"><input name="title"><input name="value"><button>Set a cookie</button></form>
<form method="post" action="/choose">{% for name in choices %}<select name="{{ name }}"><option value="">{{ name }}?
</option>{% for one in choices[name] %}<option>{{ one }}</option>{% endfor %}</select>{% endfor %}
<button>Choose</button></form>
<form method="post" action="/login"><input name="name"><input name="password" type="password">
<input name="remember" type="checkbox"><button>Log in</button><button formaction="/logout">Log out</button></form>
<p>Look at {% for one in things %}<a href="/things/{{ one }}">{{ one }}</a> {% endfor %}
<p>Recently viewed: {{ recent|join(", ") }}"""

app = Flask(__name__)
app.config.update(SECRET_KEY=secrets.token_hex(), SESSION_COOKIE_SAMESITE="Lax")
app.config.update(REMEMBER_COOKIE_SAMESITE="Lax", REMEMBER_COOKIE_DURATION=30 * DAY)
app.config.from_prefixed_env()  # FLASK_SECRET_KEY=... keeps log-ins over a restart


class Mira(UserMixin):
    id, password = "mira", generate_password_hash("sourdough-mira")


PEOPLE = {Mira.id: Mira()}
LoginManager(app).user_loader(PEOPLE.get)


def page(text):
    chosen = {name: request.cookies.get(name) for name in CHOICES}
    known = {name: one if one in CHOICES[name] else CHOICES[name][0] for name, one in chosen.items()}
    viewed = {thing: request.cookies.get(f"recent.{thing}", "") for thing in THINGS}
    recent = sorted((thing for thing in THINGS if viewed[thing].isdigit()), key=viewed.get, reverse=True)
    return render_template_string(PAGE, text=text, choices=CHOICES, things=THINGS, recent=recent, **known)


@app.post("/setcookie")
def setcookie():
    title, value = request.form.get("title", ""), request.form.get("value", "")
    if not (title + value).isascii() or not title.isalnum() or not value.isalnum() or len(title + value) > 400:
        abort(422, "A title and a value, please, of letters and digits.")
    response = make_response(page("The cookie has been set"))
    response.set_cookie(f"own.{title}", value, max_age=DAY, **ATTRIBUTES)
    return response


@app.get("/")
@app.get("/getcookie")
def getcookie():
    return page(request.cookies.get(f"own.{request.args.get('title')}", "nothing yet"))


@app.post("/choose")
def choose():
    response = redirect("/", 303)
    for name, options in CHOICES.items():
        if request.form.get(name) in options:
            response.set_cookie(name, request.form[name], max_age=400 * DAY, **ATTRIBUTES)
        elif name in request.cookies:
            response.delete_cookie(name, **ATTRIBUTES)
    return response


@app.get("/things/<any({}):thing>".format(",".join(THINGS)))
def look(thing):
    response = make_response(page(thing))
    response.set_cookie(f"recent.{thing}", str(int(time.time())), max_age=30 * DAY, **ATTRIBUTES)
    return response


@app.post("/login")
def login():
    person = PEOPLE.get(request.form.get("name"))
    if not person or not check_password_hash(person.password, request.form.get("password", "")):
        abort(403, "There is no account with this name and password.")
    login_user(person, remember="remember" in request.form)
    return redirect("/", 303)


@app.post("/logout")
def logout():
    logout_user()
    return redirect("/", 303)
