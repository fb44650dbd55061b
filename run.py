"""Starts Crumb, or runs its tests, on a machine that has nothing but Python 3.11 or newer.

    python3 run.py                  the site at http://localhost:8000 (the variables PORT and HOST change it)
    python3 run.py test [...]       the tests, on all cores; what follows goes to pytest instead

Standard library only, in the grammar of Python 3.6, so that an old Python gets a sentence and not a SyntaxError.
"""

import csv
import errno
import hashlib
import importlib.util
import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "crumb-locks"
LOCKS = ["requirements.txt", "requirements-dev.txt"]  # each holds all of the one before it
OLDEST = (3, 11)

SERVER = ["serve.py"]  # and where to listen, and what to serve


def main(arguments):
    """Does what the command line asks for; returns the exit code, or leaves with one sentence."""
    if sys.version_info < OLDEST:
        sys.exit("Crumb needs Python %d.%d or newer; this is Python %d.%d." % (OLDEST + tuple(sys.version_info[:2])))
    if arguments[:1] == ["test"]:
        prepare(LOCKS)
        return test(arguments[1:])
    if arguments:
        sys.exit("Use: python3 run.py, or python3 run.py test [pytest arguments].")
    host, port = os.environ.get("HOST") or "127.0.0.1", read_port(os.environ.get("PORT") or "8000")
    places = find_places(find_address(host, port), port)
    prepare(LOCKS[:1])
    return serve(host, places, port)


def prepare(locks):
    """Makes `.venv` hold what `locks` name; touches no network when it does already.

    The stamp has the hashes of the locks, and which packages were there after the install. It goes before an install
    begins and comes back when it is done, so a half-made environment is made anew.
    """
    wanted = [hashlib.sha256((ROOT / lock).read_bytes()).hexdigest() for lock in locks]
    usable = STAMP.exists() and runs(PYTHON)
    stamped = STAMP.read_text().split() if usable else []
    broken = [name for name in stamped if name.endswith(".dist-info") and not is_whole(site_packages() / name)]
    if set(wanted) <= set(stamped) and not broken:
        return
    if broken:
        names = ", ".join(name.partition("-")[0] for name in broken)
        print(f"Something was deleted from .venv, of {names}; installing what is missing ...", flush=True)
        for name in broken:
            shutil.rmtree(str(site_packages() / name), ignore_errors=True)  # or pip would take it for installed
    else:
        print("Installing the packages into .venv; only the first start needs the network ...", flush=True)
    if usable:
        STAMP.unlink()
    else:
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            sys.exit("This Python comes without venv; on Debian and Ubuntu, `sudo apt install python3-venv` adds it.")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            sys.exit("The environment .venv could not be made; the lines above say why.")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2"]
    # Whatever variables and pip's own settings say of other places: the packages belong into .venv. An empty prefix
    # would be the root of the system.
    pip += ["--no-user", "--target=", f"--prefix={VENV}", "--require-hashes", "-r", str(ROOT / locks[-1])]
    environment = {name: value for name, value in os.environ.items() if name not in ("PIP_ROOT", "PIP_DRY_RUN")}
    result = subprocess.run(
        pip, env=environment, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False
    )
    if result.returncode:
        sys.exit(explain(result.stderr))
    there = [path.name for path in site_packages().glob("*.dist-info")]
    # A newer pip in place of the one that venv brought is no loss.
    ours = [name for name in there if name.partition("-")[0] not in ("pip", "setuptools")]
    STAMP.write_text("\n".join(wanted + sorted(ours)))


def site_packages():
    """The folder of `.venv` that packages are in."""
    return next(VENV.glob("lib/*/site-packages"), VENV / "Lib" / "site-packages")


def is_whole(record):
    """True when every file is there that pip noted in a package's `.dist-info` folder."""
    try:
        with (record / "RECORD").open(encoding="utf-8", newline="") as lines:
            names = [row[0] for row in csv.reader(lines) if row]
    except OSError:
        return False
    return all(os.path.exists(str(record.parent / name)) for name in names if not name.endswith(".pyc"))


def runs(python):
    """True when `python` is there and starts; a `.venv` outlives the Python that it was made from."""
    return python.exists() and subprocess.call([str(python), "-c", ""], stderr=subprocess.DEVNULL) == 0


def explain(errors):
    """One sentence for what pip wrote to stderr."""
    if "DO NOT MATCH THE HASHES" in errors:
        return "A package that was fetched is not the one that is locked, so nothing was installed; please try again."
    if "connection broken" in errors or "timed out" in errors:
        return "The packages could not be fetched: the first start needs the network. Please try again when online."
    return errors + "pip could not install the packages; the lines above say why."


def test(arguments):
    """Runs pytest with `arguments`, or all tests on all cores; returns its exit code."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not arguments and cores > 1:
        # Neighbours stay together, since they share what they need; who is done first takes of what others have left.
        arguments = ["-n", str(cores), "--dist=worksteal"]
    child = subprocess.Popen([str(PYTHON), "-m", "pytest", *arguments], cwd=str(ROOT))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reached pytest too, which now takes down what its tests have started


def read_port(text):
    """The port number that `text` holds."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        sys.exit(f"PORT has to be a number from 1 to 65535, not {text!r}.")
    return int(text)


def find_address(host, port):
    """The address to listen on for the name or address `host`; of several, IPv4 first."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        sys.exit(f"HOST has to be a name or an address of this machine, not {host!r}; 127.0.0.1 is the usual one.")
    return min(found, key=lambda entry: entry[0] != socket.AF_INET)[4][0]


def find_places(address, port):
    """The addresses to listen on, `address` first; leaves with a sentence where there is none.

    Browsers may take localhost to 127.0.0.1 as well as to ::1, and a machine may have only one of the two.
    """
    others = {"127.0.0.1": ["::1"], "::1": ["127.0.0.1"], "0.0.0.0": ["::1"], "::": ["0.0.0.0"]}
    places = [address, *others.get(address, [])]
    if address in ("127.0.0.1", "::1") and not can_listen(address, 0):
        places.reverse()
    check_free(places[0], port)
    return places[:1] + [place for place in places[1:] if can_listen(place, port)]


def check_free(address, port):
    """Leaves with a sentence unless a server can listen there.

    Listening is not proof enough: on some systems two servers may share a port, and browsers take `localhost` to ::1
    as well as to 127.0.0.1, where another program's site would answer in place of this one.
    """
    taken = f"Port {port} is taken; end the program that has it, or choose another one by the variable PORT."
    try:
        listen(address, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(taken)
        if error.errno == errno.EACCES:
            sys.exit(f"This system lets only its administrator use port {port}; choose one from 1024 on by PORT.")
        sys.exit(f"HOST has to be a name or an address of this machine; {address} is none of its own.")
    if any(answers(place, port) for place in (address, "127.0.0.1", "::1")):
        sys.exit(taken)


def listen(address, port):
    """Listens there for a moment; OSError where that can't be done."""
    socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET).close()


def can_listen(address, port):
    """True when this machine has the address and the port, if it is not 0, is free there."""
    try:
        listen(address, port)
    except (OSError, ValueError):
        return False
    return True


def answers(address, port):
    """True when a server accepts connections there."""
    try:
        socket.create_connection((address, port), timeout=0.3).close()
    except OSError:
        return False
    return True


def serve(host, places, port):
    """Runs the server until Ctrl-C (or SIGTERM, or the closing of the terminal); returns the exit code."""
    everywhere = ipaddress.ip_address(places[0]).is_unspecified
    local = everywhere or places[0] in ("127.0.0.1", "::1")
    name = "localhost" if local else f"[{host}]" if ":" in host else host
    environment = {"CRUMB_URL": f"http://{name}:{port}"}
    wide = "0.0.0.0" in places and not os.environ.get("CRUMB_URL")  # which says where a class is let in
    lan = find_lan_address() if wide else None
    if lan:
        environment["CRUMB_CLASS_URL"] = f"http://{lan}:{port}"
        environment["CRUMB_TRUSTED_HOSTS"] = socket.gethostname()
    environment.update(os.environ)  # what the reader has set comes first

    def end(signum, frame):
        raise KeyboardInterrupt

    # SIGINT as well: a shell that starts us in the background lets its children ignore it, and ours would inherit that.
    for ending in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, ending):
            signal.signal(getattr(signal, ending), end)
    at = ["--listen=%s:%d" % (f"[{place}]" if ":" in place else place, port) for place in places]
    command = [str(PYTHON), *SERVER, *at, "wsgi:app"]
    child = subprocess.Popen(command, cwd=str(ROOT), env=environment)
    try:
        probes = ["127.0.0.1", "::1"] if everywhere else places[:1]
        while child.poll() is None and not any(answers(place, port) for place in probes):
            time.sleep(0.1)
        if child.poll() is None:
            print(f"Crumb is at {environment['CRUMB_URL']} (Ctrl-C ends it)", flush=True)
            if lan:
                entrance = environment["CRUMB_CLASS_URL"] + "/join"
                print(f"Your class joins at {entrance}", flush=True)
                if sys.stdout.isatty():
                    subprocess.call([str(PYTHON), "-m", "segno.cli", "--compact", entrance])
            elif wide:
                print("No class can join: this machine is in no network.", flush=True)
        return child.wait()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # It answers what has come, for some seconds. On Windows, Ctrl-C has reached the server by itself.
        if os.name != "nt":
            child.send_signal(signal.SIGINT)
        child.wait()
        print("Crumb has ended.")
        return 0


def find_lan_address():
    """This machine's address on the local network, or None; asking for the route to an address sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return probe.getsockname()[0]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
