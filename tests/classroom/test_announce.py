"""Names on the local network: which are chosen, and what becomes of them when the machine sleeps or moves."""

import subprocess
import sys

import pytest

from run import ROOT
from webapp.classroom import announce
from webapp.classroom.announce import LOOKS_EVERY, MOST, ROLES, SLEPT, Announcement, announced, choose

HOME, CAFE = "192.0.2.7", "198.51.100.9"
FIRST = {role: f"{role}.local" for role in ROLES}


class Machine:
    """A machine whose address, clock and network are as they are set; `said` is what it told, and where."""

    def __init__(self) -> None:
        self.address: str | None = HOME
        self.now = 0.0
        self.taken: set[str] = set()
        self.refuses = False
        self.said: list[tuple[str, str]] = []

    def voice(self, address: str, port: int) -> "Voice":
        """Return what answers at an address."""
        if self.refuses:
            raise OSError("no such device")
        return Voice(self, address)


class Voice:
    """What would answer on a real network."""

    def __init__(self, machine: Machine, address: str) -> None:
        self.machine, self.address = machine, address

    def is_taken(self, names) -> bool:
        """Tell whether one is another's."""
        return bool(self.machine.taken & set(names))

    def tell(self, names) -> None:
        """Note what is told."""
        self.machine.said += [(self.address, name) for name in names.values()]

    def end(self) -> None:
        """Note the end."""
        self.machine.said.append((self.address, "over"))


@pytest.fixture
def machine(monkeypatch) -> Machine:
    """A machine in a network of its own."""
    made = Machine()
    monkeypatch.setattr(announce, "Voice", made.voice)
    monkeypatch.setattr(announce.time, "time", lambda: made.now)
    return made


@pytest.mark.parametrize(
    ("taken", "names"),
    [
        (set(), FIRST),
        ({"printer.local", "crumb-2.local"}, FIRST),
        ({"crumb.local"}, {role: f"{role}-2.local" for role in ROLES}),
        ({"crowd.local", "shop-2.local"}, {role: f"{role}-3.local" for role in ROLES}),
        ({"crumb.local", *(f"crumb-{number}.local" for number in range(2, MOST + 1))}, {}),
        (
            {"crumb.local", *(f"crumb-{number}.local" for number in range(2, MOST))},
            {role: f"{role}-{MOST}.local" for role in ROLES},
        ),
    ],
)
def test_all_names_have_the_same_number(taken, names):
    """Where one of them is another's, none is used: the next number is everybody's, up to the last one."""
    assert choose(lambda wanted: bool(taken & set(wanted))) == names


def test_names_are_told_until_the_end(machine):
    """The block has the names that are told, at the machine's address, and its end takes them back."""
    with announced(lambda: machine.address, 8000) as names:
        assert names == FIRST and machine.said == [(HOME, name) for name in FIRST.values()]
    assert machine.said[-1] == (HOME, "over") and machine.said.count((HOME, "over")) == 1


@pytest.mark.parametrize(
    ("address", "refuses", "taken", "says"),
    [
        (None, False, set(), "no names: this machine is in no network"),
        (HOME, True, set(), f"no names at {HOME}: no such device"),
        (HOME, False, {f"crumb{number}.local" for number in ("", *range(-MOST, -1))}, "are taken on this network"),
    ],
)
def test_where_there_are_no_names_one_line_says_why(machine, caplog, address, refuses, taken, says):
    """Without a network, where it takes no names, or where all are taken, it goes on with none."""
    machine.address, machine.refuses, machine.taken = address, refuses, taken
    with announced(lambda: machine.address, 8000) as names:
        assert names == {}
    assert [says in record.getMessage() for record in caplog.records] == [True]
    assert not set(machine.said) - {(HOME, "over")}


def test_another_address_is_told(machine):
    """In another network it answers there, by the names that the site knows; between two networks nobody answers."""
    machine.taken = {"crumb.local"}
    announcement = Announcement(lambda: machine.address, 8000)
    second = list(announcement.names.values())
    assert second[0] == "crumb-2.local"
    for address, said in ((HOME, []), (None, [(HOME, "over")]), (None, []), (CAFE, [(CAFE, name) for name in second])):
        machine.address, machine.said = address, []
        machine.now += LOOKS_EVERY
        announcement.look()
        assert machine.said == said, address


def test_after_sleep_it_begins_anew(machine):
    """A clock that leapt says that the machine slept: it answers anew at the same address, once."""
    announcement = Announcement(lambda: machine.address, 8000)
    machine.said = []
    for leap, anew in ((SLEPT, False), (SLEPT + 1, True), (LOOKS_EVERY, False)):
        machine.now, machine.said = machine.now + leap, []
        announcement.look()
        assert machine.said == ([(HOME, "over"), *((HOME, name) for name in FIRST.values())] if anew else []), leap


def test_a_network_that_comes_late_is_tried_again(machine, caplog):
    """An address that refuses at first is asked at each look until it takes the names."""
    announcement = Announcement(lambda: machine.address, 8000)
    machine.address, machine.refuses = CAFE, True
    for _ in range(2):
        announcement.look()
    assert [record.getMessage() for record in caplog.records] == [f"no names at {CAFE}: no such device"] * 2
    machine.refuses = False
    announcement.look()
    assert machine.said[-1] == (CAFE, "crowd.local")


def test_nothing_of_it_is_loaded_before_it_is_needed():
    """Neither the site nor the module itself imports the package: only what answers does."""
    code = "import sys, webapp, webapp.classroom.announce; sys.exit('zeroconf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, check=False).returncode == 0
