"""Every setting with its default; the variable CRUMB_<NAME> overrides it. docs/online.md says how to write one."""

# The address that visitors type; localhost is at whatever port a request came to. https turns on Secure, the __Host-
# name prefix and, but for localhost, HSTS.
URL = "http://localhost"

# Let HSTS hold for every host below that of URL too: only where all of them speak https.
HSTS_SUBDOMAINS = False

# Host names that the site answers on besides the one in URL, comma separated.
TRUSTED_HOSTS = ""

# The address that a class types, where the one in URL means this machine alone: /teach shows it, and the relay leads
# there. run.py finds it out. Not set: the one that a page is asked for at.
CLASS_URL = ""

# How many proxies in front may be believed about address and scheme.
PROXY_HOPS = 0

# The folder for database, key and finished pictures. Not set: `instance/`, beside config.py.
INSTANCE = ""

# Signs the session and the signed cookies. Not set: made once and kept in the file secret_key of the instance folder
# (not allowed under https).
SECRET_KEY = ""

# Keys that are accepted besides: those that were in use before, and while the key is changed on several processes the
# one to come. A JSON list.
SECRET_KEY_FALLBACKS = []

# Where shared data lives. Not set: SQLite in the instance folder.
DATABASE_URL = ""

# Bring the database to the newest schema when the app starts. Not set: on SQLite yes, elsewhere `flask database
# upgrade` does it.
MIGRATE_ON_START = None

# Offer demo accounts on the log-in page, with passwords that everybody can read there. Not set: yes, but not under
# https.
DEMO_ACCOUNTS = None

# Let the people of the town write in the social site and the forum, where these are still empty.
DEMO_CONTENT = True

# Let visitors make accounts of their own, or with a drawn name for a day; `flask users add` makes them in any case.
REGISTRATION = True

# Let people write in the social site and the forum; closed, both can still be read, and texts be taken down.
POSTING = True

# Where whoever runs this site is reached: stands at the foot of each page, on error pages and in
# /.well-known/security.txt. Not set: nowhere.
CONTACT = ""

# The host names of the lab's other parties (attacker, tracker, social, shop, forum, crowd, guest), a JSON object, for
# visitors at the host in URL. On localhost there are names for all of them already: 127.0.0.1 and *.localhost.
LAB_HOSTS = {}

# The names that this machine has on its network, over plain http: of the site (crumb) and of the lab's other parties, a
# JSON object. The site answers there too, and the parties beside it.
LOCAL_NAMES = {}

# A folder with lessons of your own, a file each; `flask lessons check FOLDER` tells whether they work. Not set: none.
LESSONS = ""

# Let each request leave a line in the log: `access` for people to read, `json` to write the whole log as JSON objects.
# Not set: only what went wrong, and how far long work is.
LOG = ""

# The largest request body, in bytes; a larger one is answered with 413 at once.
MAX_CONTENT_LENGTH = 64 * 1024

# The most that the fields of a form may hold, in bytes; more is answered with 413.
MAX_FORM_MEMORY_SIZE = 64 * 1024

# The most fields that a form may have; more are answered with 413.
MAX_FORM_PARTS = 100
