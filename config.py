"""Every setting with its default; the variable CRUMB_<NAME> overrides it (text, or JSON where it parses)."""

# The address that visitors type. https turns on Secure, the __Host- name prefix and HSTS.
URL = "http://localhost:8000"

# Host names that the site answers on besides the one in URL, comma separated.
TRUSTED_HOSTS = ""

# How many proxies in front may be believed about address, scheme and host; waitress passes their headers on only with
# --no-clear-untrusted-proxy-headers.
PROXY_HOPS = 0

# Signs the session and the signed cookies. Empty: made once and kept in instance/secret_key (not allowed under https).
SECRET_KEY = ""

# Keys that were in use before, oldest first; what they signed is still accepted. A JSON list.
SECRET_KEY_FALLBACKS = []

# Where shared data lives. Empty: SQLite in the instance folder.
DATABASE_URL = ""

# Bring the database to the newest schema when the app starts. Empty: on SQLite yes, elsewhere `flask database upgrade`.
MIGRATE_ON_START = ""

# Offer demo accounts on the log-in page.
DEMO_ACCOUNTS = True

# Let the people of the town write in the social site and the forum, where these are still empty.
DEMO_CONTENT = True

# The host names of the lab's other parties (attacker, tracker, social, shop, forum, crowd), a JSON object. On localhost
# there are names for all of them already: 127.0.0.1 and *.localhost.
LAB_HOSTS = {}

# The largest request body and the most form fields; a larger request is answered with 413 at once.
MAX_CONTENT_LENGTH = 64 * 1024
MAX_FORM_MEMORY_SIZE = 64 * 1024
MAX_FORM_PARTS = 100
