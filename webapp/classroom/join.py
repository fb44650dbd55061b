"""The relay: it brings Crumb from the laptop of your class to this machine. Read it, then run: python3 join.py

Browsers trust plain http at localhost alone, where no network lies between. So this program listens there, where no
other machine comes in, and passes every byte on to the laptop and back. It writes no file. Ctrl-C ends it.
"""

import socket
import sys
from contextlib import suppress
from select import select
from threading import Thread
from urllib.parse import urlsplit

LAPTOP = "http://localhost:8000"
SORRY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\n\r\nThe laptop does not answer just now.\n"


def main(address=LAPTOP):
    """Reach the laptop once, listen at localhost, and give each connection a thread of its own."""
    try:
        laptop = urlsplit(address if "//" in address else "http://" + address)
        place = (laptop.hostname or "", laptop.port or 80)
        socket.create_connection(place, timeout=5).close()
    except (OSError, ValueError) as problem:
        sys.exit(f"{address} can't be reached ({problem}). Is this machine in the same network?")
    port, doors = open_doors(place[1] if 1024 <= place[1] < 65000 else 8000)
    print(f"Open http://localhost:{port} in a browser. Only this machine can. Ctrl-C ends it.", flush=True)
    while True:
        for door in select(doors, [], [], 1)[0]:  # a second at most, since on Windows Ctrl-C waits for its end
            with suppress(OSError):  # who knocked may be gone
                Thread(target=relay, args=(door.accept()[0], place), daemon=True).start()


def open_doors(first):
    """Return a port, and a listener there for each address that this machine has for localhost."""
    hosts = [host for host in ("127.0.0.1", "::1") if listen(host, 0)]
    for port in range(first, first + 20):
        doors = [listen(host, port) for host in hosts]
        if doors and all(doors):
            return port, doors
    sys.exit(f"Each port from {first} to {first + 19} is taken. End a program that has one, and run this again.")


def listen(host, port):
    """Return a listener there, for port 0 at any; None where a port is taken, or this machine lacks the address."""
    with suppress(OSError):
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


def relay(browser, place):
    """Connect a browser with the laptop until both have said all."""
    with browser, suppress(OSError):
        try:
            laptop = socket.create_connection(place, timeout=5)
        except OSError as problem:
            print(f"The laptop does not answer: {problem}", flush=True)
            browser.sendall(SORRY)
            browser.shutdown(socket.SHUT_WR)
            return browser.recv(1_000_000, socket.MSG_WAITALL)  # a question cut short would take the answer with it
        laptop.settimeout(None)
        with laptop:
            back = Thread(target=pass_on, args=(laptop, browser), daemon=True)
            back.start()
            pass_on(browser, laptop)
            back.join()


def pass_on(source, target):
    """Pass on what comes, one way, and that it has ended."""
    with suppress(OSError):
        target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while some := source.recv(65536):
            target.sendall(some)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(*sys.argv[1:2])
