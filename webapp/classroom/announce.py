"""Names for a class: `crumb.local` and one for each other party of the lab, told to the local network.

Whoever looks for such a name asks everybody on the network, and who has it answers (multicast DNS, RFC 6762). The
server settles the names before it makes the app, and takes them back at its end.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

ROLES = ("crumb", "attacker", "tracker", "social", "shop", "forum", "crowd")
MOST = 9
LOOKS_EVERY = 5.0  # seconds
SLEPT = 30.0  # seconds that are missing: the machine was asleep, and the network may have forgotten that it listens
_ANSWERS_WITHIN = 1000  # milliseconds; RFC 6762 section 8.1 asks for 750
_log = logging.getLogger(__name__)


def choose(is_taken: Callable[[Iterable[str]], bool]) -> dict[str, str]:
    """Return a name for each role, of which none is taken: all without a number, else all with one; {} for none."""
    for number in range(1, MOST + 1):
        names = {role: f"{role}.local" if number == 1 else f"{role}-{number}.local" for role in ROLES}
        if not is_taken(names.values()):
            return names
    return {}


class Voice:
    """What answers for names at one address of this machine; OSError where its network takes none."""

    def __init__(self, address: str, port: int) -> None:
        from zeroconf import IPVersion, Zeroconf  # only a site that lets a class in needs it

        self._address, self._port = address, port
        self._zeroconf = Zeroconf(interfaces=[address], ip_version=IPVersion.V4Only)

    def is_taken(self, names: Iterable[str]) -> bool:
        """Tell whether another machine has one of these names; that takes a second where none has."""
        return any(_at_once(self._is_anothers, names))

    def _is_anothers(self, name: str) -> bool:
        from zeroconf import AddressResolverIPv4

        asked = AddressResolverIPv4(f"{name}.")
        return asked.request(self._zeroconf, _ANSWERS_WITHIN) and set(asked.parsed_addresses()) != {self._address}

    def tell(self, names: dict[str, str]) -> None:
        """Answer for these names from now on; that of the site is a web server's, which others may find as well."""
        _at_once(self._tell, names.items())

    def _tell(self, named: tuple[str, str]) -> None:
        from zeroconf import ServiceInfo

        role, name = named
        kind = "_http._tcp.local." if role == "crumb" else "_crumb._tcp.local."
        service, addresses = f"{name.removesuffix('.local')}.{kind}", [socket.inet_aton(self._address)]
        info = ServiceInfo(kind, service, port=self._port, addresses=addresses, server=f"{name}.")
        self._zeroconf.register_service(info, cooperating_responders=True)  # whether it is free was asked before

    def end(self) -> None:
        """Tell everybody that the names are gone (RFC 6762 section 10.1)."""
        self._zeroconf.close()


def _at_once(work: Callable[[Any], Any], each: Iterable[Any]) -> list[Any]:
    with ThreadPoolExecutor(len(ROLES)) as threads:
        return list(threads.map(work, each))


class Announcement:
    """The names of this machine, at the address that it has by now; `names` is {} where there can't be any."""

    def __init__(self, find_address: Callable[[], str | None], port: int) -> None:
        self._find_address, self._port = find_address, port
        self._address, self._looked_at = find_address(), time.time()
        self._voice: Voice | None = None
        self.names: dict[str, str] = {}
        if not self._address:
            _log.warning("no names: this machine is in no network")
        elif self._begin():
            self.names = choose(self._voice.is_taken)
            self._voice.tell(self.names)
            if not self.names:
                _log.warning("no names: all up to crumb-%d.local are taken on this network", MOST)

    def look(self) -> None:
        """Begin anew where the machine has another address, or was asleep; the site knows itself by the same names."""
        address, now = self._find_address(), time.time()
        slept, self._looked_at = now - self._looked_at > SLEPT, now
        if slept or address != self._address or (address and not self._voice):
            self.end()
            self._address = address
            if address and self._begin():
                self._voice.tell(self.names)

    def end(self) -> None:
        """Take the names back."""
        if self._voice:
            self._voice.end()
            self._voice = None

    def _begin(self) -> bool:
        try:
            self._voice = Voice(self._address, self._port)
        except OSError as error:
            _log.warning("no names at %s: %s", self._address, error)
        return self._voice is not None


@contextmanager
def announced(find_address: Callable[[], str | None], port: int) -> Iterator[dict[str, str]]:
    """Have names on the network until the block is left, and give them; for {} a line says why there are none."""
    announcement, over = Announcement(find_address, port), threading.Event()

    def watch() -> None:
        while not over.wait(LOOKS_EVERY):
            announcement.look()

    thread = threading.Thread(target=watch, name="names", daemon=True)
    if announcement.names:
        thread.start()
    try:
        yield announcement.names
    finally:
        over.set()
        if thread.is_alive():
            thread.join()
        announcement.end()
