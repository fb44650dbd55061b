"""What to call a browser on the list of devices."""

# The first word that is there decides: nearly all of them also say Chrome, Safari and Mozilla.
_BROWSERS = (
    ("DuckDuckGo", "DuckDuckGo"), ("Ddg/", "DuckDuckGo"), ("YaBrowser", "Yandex"), ("YaSearchBrowser", "Yandex"),
    ("Yandex", "Yandex"), ("Vivaldi", "Vivaldi"), ("Brave", "Brave"), ("OPR/", "Opera"), ("OPT/", "Opera"),
    ("Opera", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Edg", "Edge"), ("Epiphany", "GNOME Web"),
    ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"), ("curl/", "curl"), ("python", "Python"), ("Werkzeug", "Werkzeug"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"), ("BSD", "BSD"),
)  # fmt: skip


def describe(user_agent: str, brands: str = "") -> str:
    """Return a User-Agent line in two words, `Firefox/Linux`; a word that can't be told is left empty.

    `brands` is the Sec-CH-UA header, where Vivaldi and Brave may say what they are: in the line they call themselves
    Chrome.
    """
    browser = next((name for word, name in _BROWSERS if word in brands or word in user_agent), "")
    system = next((name for word, name in _SYSTEMS if word in user_agent), "")
    if browser == "Safari" and system in ("Linux", "BSD"):  # where there is none, but its engine (WebKitGTK)
        browser = "GNOME Web"
    return f"{browser}/{system}"
