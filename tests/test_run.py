"""run.py: one plain sentence for what can go wrong, and nothing installed twice."""

import ast
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module of this test's own, with a `.venv` and locks in a folder of its own."""
    spec = importlib.util.spec_from_file_location("crumb_run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "crumb-locks")
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    for lock in module.LOCKS:
        (tmp_path / lock).write_text(f"# {lock}\n")
    return module


@pytest.fixture
def started(run, monkeypatch):
    """The commands that run.py would have started, in order; each only leaves a `.venv` behind."""
    commands = []

    def succeed(command, **options):
        commands.append(command)
        run.VENV.mkdir(exist_ok=True)
        return SimpleNamespace(returncode=0, stderr="")

    monkeypatch.setattr(run, "runs", lambda python: True)
    monkeypatch.setattr(run.subprocess, "run", succeed)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **options: succeed(command).returncode)
    return commands


def test_an_old_python_gets_a_sentence(run, monkeypatch):
    """Python 3.6 is told what is needed and what it is."""
    monkeypatch.setattr(run, "sys", SimpleNamespace(version_info=(3, 6, 15, "final", 0), exit=sys.exit))
    with pytest.raises(SystemExit, match=r"^Crumb needs Python 3\.11 or newer; this is Python 3\.6\.$"):
        run.main([])


def test_old_pythons_can_read_it():
    """The grammar is that of Python 3.6, or the sentence would be a SyntaxError."""
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_only_the_standard_library_is_imported():
    """run.py runs before anything is installed."""
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_what_it_does_not_know_is_explained(run):
    """An unknown word gets the two commands."""
    with pytest.raises(SystemExit, match=r"^Use: python3 run\.py, or python3 run\.py test"):
        run.main(["tset"])


@pytest.mark.parametrize("text", ["eight", "0", "65536", "-1", "80.0", " 8000", "٨٠", "9" * 9999, "8000\n"])
def test_a_port_that_is_none_gets_a_sentence(run, text):
    """Anything but 1 to 65535 in plain digits is refused."""
    with pytest.raises(SystemExit, match=r"^PORT has to be a number from 1 to 65535, not "):
        run.read_port(text)


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_ports_are_read(run, text):
    """Both ends of the range are ports."""
    assert run.read_port(text) == int(text)


@pytest.mark.parametrize("host", ["a..b", "x" * 80, "256.0.0.1.", "127.0.0.1 "])
def test_a_host_that_is_none_gets_a_sentence(run, host, monkeypatch):
    """Neither what no name can be nor what no name server knows is a place to listen on."""

    def know_nothing(name, *arguments, **options):
        name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(run.socket, "getaddrinfo", know_nothing)
    with pytest.raises(SystemExit, match=r"^HOST has to be a name or an address of this machine"):
        run.find_address(host, 8000)


def test_localhost_is_taken_as_ipv4(run):
    """The attacker's host of the lessons is 127.0.0.1, so the server has to be there."""
    assert run.find_address("localhost", 8000) == "127.0.0.1"


@pytest.mark.parametrize("place", ["127.0.0.1", "::1"])
def test_a_taken_port_gets_a_sentence(run, place):
    """Another program on either address that `localhost` stands for is noticed."""
    try:
        other = socket.create_server((place, 0), family=socket.AF_INET6 if ":" in place else socket.AF_INET)
    except OSError:
        pytest.skip(f"this machine has no {place}")
    with other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"^Port {port} is taken;"):
            run.check_free("127.0.0.1", port)


@pytest.fixture
def machine(run, monkeypatch):
    """Makes a machine of some addresses, where every port is free."""

    def make(*addresses: str) -> None:
        def create(place, **options):
            if place[0] not in addresses:
                raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
            return socket.socket()

        monkeypatch.setattr(run.socket, "create_server", create)
        monkeypatch.setattr(run, "answers", lambda place, port: False)

    return make


@pytest.mark.parametrize(
    ("there", "host", "places"),
    [
        (("127.0.0.1", "::1"), "127.0.0.1", ["127.0.0.1", "::1"]),
        (("127.0.0.1", "::1"), "::1", ["::1", "127.0.0.1"]),
        (("127.0.0.1",), "127.0.0.1", ["127.0.0.1"]),
        (("::1",), "127.0.0.1", ["::1"]),
        (("127.0.0.1",), "::1", ["127.0.0.1"]),
        (("0.0.0.0", "::", "127.0.0.1", "::1"), "0.0.0.0", ["0.0.0.0", "::1"]),
        (("0.0.0.0", "::", "127.0.0.1", "::1"), "::", ["::", "0.0.0.0"]),
        (("127.0.0.1", "::1", "192.0.2.7"), "192.0.2.7", ["192.0.2.7"]),
    ],
)
def test_localhost_is_served_by_what_the_machine_has(run, machine, there, host, places):
    """Both addresses that browsers take localhost to where there are both, else the one; no more than was asked for."""
    machine(*there)
    assert run.find_places(host, 8000) == places


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.7"])
def test_a_machine_without_the_address_gets_a_sentence(run, machine, host):
    """With neither address for localhost, or without the one that was asked for, there is no place to listen on."""
    machine(*(["127.0.0.1"] if host != "127.0.0.1" else []))
    with pytest.raises(SystemExit, match=r"^HOST has to be a name or an address of this machine"):
        run.find_places(host, 8000)


@pytest.mark.parametrize(
    ("host", "lines"),
    [
        ("", ["Crumb is at http://localhost:{port} (Ctrl-C ends it)"]),
        ("localhost", ["Crumb is at http://localhost:{port} (Ctrl-C ends it)"]),
        ("0.0.0.0", ["Crumb is at http://localhost:{port} (Ctrl-C ends it)", "Your class joins at http://{lan}/join"]),
    ],
)
def test_one_address_is_printed(run, tmp_path, monkeypatch, capfd, host, lines):
    """The site's own name, yours first and then the others'; never 127.0.0.1, which is the attacker's page."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    shutil.copy(ROOT / "serve.py", tmp_path)
    (tmp_path / "wsgi.py").write_text("def app(environ, start): start('200 OK', []); return [b'']\n")
    monkeypatch.setattr(run, "find_lan_address", lambda: "192.0.2.7")
    places = run.find_places(run.find_address(host or "127.0.0.1", port), port)
    started, start = [], run.subprocess.Popen

    def popen(*arguments, **options):
        started.append(start(*arguments, **options))
        return started[0]

    def stop_it(*arguments, **options):
        said.append((arguments, options))
        if len(said) == len(lines):
            started[0].terminate()

    said, endings = [], {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr(run.subprocess, "Popen", popen)
    monkeypatch.setattr("builtins.print", stop_it)
    try:
        run.serve(host or "127.0.0.1", places, port)
    finally:
        for name, handler in endings.items():
            signal.signal(name, handler)
    assert len(said) == len(lines)
    for (arguments, _), line in zip(said, lines, strict=True):
        assert arguments[0].startswith(line.format(port=port, lan=f"192.0.2.7:{port}"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.EACCES, r"^This system lets only its administrator use port 80;"), (errno.EADDRNOTAVAIL, r"^HOST has to")],
)
def test_a_place_that_is_refused_gets_a_sentence(run, monkeypatch, number, sentence):
    """A low port and a foreign address are told apart from a taken port."""

    def refuse(place, **options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(run.socket, "create_server", refuse)
    with pytest.raises(SystemExit, match=sentence):
        run.check_free("127.0.0.1", 80)


def test_a_free_port_passes(run):
    """A port that was free a moment ago is let through."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    run.check_free("127.0.0.1", port)


def test_the_second_start_installs_nothing(run, started):
    """With the locks that the stamp names, no program is started at all."""
    run.prepare(run.LOCKS[:1])
    assert [command[2] for command in started] == ["venv", "pip"]
    assert "--require-hashes" in started[1]
    started.clear()
    run.prepare(run.LOCKS[:1])
    assert started == []


def test_the_tests_bring_what_the_site_needs(run, started):
    """After the tests' install the site starts at once; after the site's the tests still need theirs."""
    run.prepare(run.LOCKS)
    started.clear()
    run.prepare(run.LOCKS[:1])
    assert started == []
    run.STAMP.write_text(hashlib.sha256((run.ROOT / run.LOCKS[0]).read_bytes()).hexdigest())
    run.prepare(run.LOCKS)
    assert started[0][-1].endswith(run.LOCKS[1])


def test_a_new_lock_is_installed_over_the_old(run, started):
    """A changed lock brings pip, not a new environment."""
    run.prepare(run.LOCKS[:1])
    started.clear()
    (run.ROOT / run.LOCKS[0]).write_text("# another\n")
    run.prepare(run.LOCKS[:1])
    assert [command[2] for command in started] == ["pip"]


def install_package(run, name: str) -> Path:
    """Put a package with a module of its name into the `.venv` of a test, as pip does; return its record."""
    folder = run.VENV / "lib" / "python3" / "site-packages"
    record = folder / f"{name}-1.0.dist-info" / "RECORD"
    record.parent.mkdir(parents=True)
    (folder / f"{name}.py").write_text("")
    record.write_text(f"{name}.py,,\n__pycache__/{name}.cpython-311.pyc,,\n{name}-1.0.dist-info/RECORD,,\n")
    return record


@pytest.mark.parametrize("lost", ["flask.py", "flask-1.0.dist-info/RECORD", "flask-1.0.dist-info"])
def test_what_was_deleted_is_installed_again(run, started, capsys, lost):
    """A package that lost a file or all is named and installed again, those that are whole stay; pip may change."""
    for name in ("flask", "jinja2", "pip"):
        install_package(run, name)
    run.prepare(run.LOCKS[:1])
    started.clear()
    shutil.rmtree(run.site_packages() / "pip-1.0.dist-info")
    run.prepare(run.LOCKS[:1])
    assert started == []
    place = run.site_packages() / lost
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    capsys.readouterr()
    run.prepare(run.LOCKS[:1])
    assert capsys.readouterr().out == "Something was deleted from .venv, of flask; installing what is missing ...\n"
    assert [command[2] for command in started] == ["pip"]
    assert [path.name for path in run.site_packages().glob("*.dist-info")] == ["jinja2-1.0.dist-info"]
    started.clear()
    run.prepare(run.LOCKS[:1])
    assert started == []


def test_packages_go_into_the_environment(run, started, monkeypatch):
    """Neither variables nor pip's own settings lead them elsewhere; where they come from stays the reader's to say."""
    for name in ("PIP_ROOT", "PIP_DRY_RUN", "PIP_CERT"):
        monkeypatch.setenv(name, "1")
    options = []
    succeed = run.subprocess.run
    monkeypatch.setattr(run.subprocess, "run", lambda *command, **more: options.append(more) or succeed(*command))
    run.prepare(run.LOCKS[:1])
    assert {"--no-user", "--target=", f"--prefix={run.VENV}"} <= set(started[1])
    assert "PIP_CERT" in options[0]["env"] and not {"PIP_ROOT", "PIP_DRY_RUN"} & set(options[0]["env"])


@pytest.mark.parametrize(
    ("cores", "asked", "given"),
    [
        (4, [], ["-n", "4", "--dist=worksteal"]),
        (1, [], []),
        (4, ["-x"], ["-x"]),
        (4, ["-n", "0"], ["-n", "0"]),
        (4, ["tests/"], ["tests/"]),
    ],
)
def test_all_tests_run_on_all_cores(run, monkeypatch, cores, asked, given):
    """Where nothing else is asked there is a worker a core, none for one; what is asked goes to pytest as it is."""
    commands = []
    child = SimpleNamespace(wait=lambda: 5)
    monkeypatch.setattr(run.os, "sched_getaffinity", lambda number: set(range(cores)), raising=False)
    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **options: commands.append(command) or child)
    assert run.test(asked) == 5
    assert commands == [[str(run.PYTHON), "-m", "pytest", *given]]


def test_a_half_made_environment_is_made_anew(run, started, monkeypatch):
    """An install that was cut off leaves no stamp, and the next start begins with a cleared environment."""
    run.prepare(run.LOCKS[:1])
    (run.ROOT / run.LOCKS[0]).write_text("# another\n")

    def cut_off(command, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run.subprocess, "run", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run.prepare(run.LOCKS[:1])
    started.clear()
    run.prepare(run.LOCKS[:1])
    assert started[0][2:4] == ["venv", "--clear"]


def test_an_environment_without_its_python_does_not_run(tmp_path):
    """A `.venv` whose Python was removed from the machine counts as none."""
    code = f"import runpy, pathlib; print(runpy.run_path('run.py')['runs'](pathlib.Path({str(tmp_path / 'python')!r})))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


def test_a_python_without_venv_gets_a_sentence(run, started, monkeypatch):
    """Debian ships the parts of Python one by one."""
    util = SimpleNamespace(find_spec=lambda name: None if name == "ensurepip" else object())
    monkeypatch.setattr(run, "importlib", SimpleNamespace(util=util))
    monkeypatch.setattr(run, "runs", lambda python: False)
    with pytest.raises(SystemExit, match=r"^This Python comes without venv;"):
        run.prepare(run.LOCKS)
    assert started == []


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        ("WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching", "needs the network"),
        ("ReadTimeoutError: Read timed out.", "needs the network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "is not the one that is locked"),
        ("ERROR: No space left on device\n", "No space left on device\npip could not install"),
    ],
)
def test_a_failed_install_is_explained(run, errors, sentence):
    """No network and a forged package get a sentence each; the rest is pip's to say."""
    assert sentence in run.explain(errors)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_place(name):
    """No lock binds the reader to one package server."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not [word for word in ("://", "--index", "--extra-index", "--find-links", "--trusted-host") if word in text]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_locked_package_has_hashes(name):
    """Each pinned package is followed by at least one hash, or pip would refuse the file."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert pins
    assert [line for line in pins if "==" not in line or "--hash=sha256:" not in line] == []


def test_each_lock_holds_the_one_before(run):
    """run.py counts on the tests' packages being the site's and more; what PostgreSQL needs comes between the two."""
    pins = [
        {line for line in (ROOT / f"requirements{name}.txt").read_text(encoding="utf-8").splitlines() if "==" in line}
        for name in ("", "-postgresql", "-dev", "-browser")
    ]
    assert pins[0] < pins[1] < pins[2] < pins[3]
    assert [f"requirements{name}.txt" for name in ("", "-dev")] == run.LOCKS
    assert {line.partition("==")[0] for line in pins[1] - pins[0]} == {"psycopg", "psycopg-binary"}


@pytest.mark.parametrize(
    ("system", "machine", "version"),
    [
        ("linux", "x86_64", ">=49"),
        ("linux", "aarch64", ">=49"),
        ("darwin", "arm64", ">=49"),
        ("win32", "AMD64", ">=49"),
        ("darwin", "x86_64", "<49"),
        ("win32", "ARM64", None),
    ],
)
def test_each_system_gets_one_cryptography(system, machine, version):
    """The newest that has a wheel, none on Windows on ARM; each lock has one pin for it, which agrees."""
    environment = {"sys_platform": system, "platform_machine": machine}

    def asked(lines):
        found = [Requirement(line) for line in lines if line.startswith("cryptography")]
        return [one.specifier for one in found if one.marker.evaluate(environment)]

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = asked(project["dependencies"])
    assert [str(one) for one in wanted] == ([version] if version else [])
    for name in REQUIREMENTS:
        locked = asked(line.rstrip(" \\") for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
        assert len(locked) == len(wanted)
        assert all(one.contains(str(pin).removeprefix("==")) for one, pin in zip(wanted, locked, strict=True))


def test_the_locks_are_those_of_the_project():
    """What pyproject.toml names, and no more, stands in the locks as asked for by it."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [data["project"]["dependencies"], data["project"]["optional-dependencies"]["postgresql"]]
    groups += [data["dependency-groups"]["dev"], data["dependency-groups"]["browser"][1:]]
    wanted = set()
    for name, group in zip(("", "-postgresql", "-dev", "-browser"), groups, strict=True):
        wanted |= {Requirement(line).name for line in group}
        text = (ROOT / f"requirements{name}.txt").read_text(encoding="utf-8")
        assert set(re.findall(r"^([a-z0-9-]+)==(?:(?!^\S).)*?crumb \(pyproject", text, re.M | re.S)) == wanted
