"""Image, services and processes of deploy/: each is made and started as its file says, without a container engine."""

import configparser
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

from run import ROOT, answers
from tests.browser.serving import make_certificate
from tests.serving import PATH, free_port, running, wait_until

from .image import Image, build, open_folder, without_rights
from .running import DEPLOY, KEY, ask, nginx_main, nginx_site, program

COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
PASSWORD = "0123456789abcdef"
EVERYWHERE = "127.0.0.2"  # open only where all addresses of the machine are listened on
GET = "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n"
POSTGRESQL = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def filled(**more: str) -> dict[str, str]:
    """Return what an operator makes of .env.example: the two secrets are filled in."""
    text = (DEPLOY / ".env.example").read_text()
    found = dict(re.findall(r"^(\w+)=(.*)$", text, re.M))
    assert {name for name, value in found.items() if not value} == {"CRUMB_SECRET_KEY", "POSTGRES_PASSWORD"}
    return found | {"CRUMB_SECRET_KEY": KEY, "POSTGRES_PASSWORD": PASSWORD} | more


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """What the Dockerfile makes."""
    with open_folder() as folder:
        yield build(folder)


@pytest.fixture(scope="module")
def postgres() -> Iterator[int]:
    """PostgreSQL with what compose.yaml tells its image; its port."""
    service, port = SERVICES["postgres"], free_port()
    told = {name: value.replace("${POSTGRES_PASSWORD:?}", PASSWORD) for name, value in service["environment"].items()}
    account = int(subprocess.check_output(["id", "-u", "postgres"])) if os.geteuid() == 0 else os.geteuid()
    with open_folder() as folder:
        os.chown(folder, account, -1)
        (folder / "password").write_text(told["POSTGRES_PASSWORD"])
        at, quick = ["-D", f"{folder}/data"], ["-c", "fsync=off"]
        setup = {
            "initdb": [*at, "-U", told["POSTGRES_USER"], "-A", "scram-sha-256", "-N", f"--pwfile={folder}/password"],
            "postgres": ["--single", *at, *quick, "postgres"],
        }
        create = f"CREATE DATABASE {told['POSTGRES_USER']}".encode()
        for name, options in setup.items():
            command = [*without_rights(account), POSTGRESQL / name, *options]
            subprocess.run(command, cwd=folder, input=create, check=True, capture_output=True)
        serve = [POSTGRESQL / "postgres", *at, *quick, "-k", folder, f"--port={port}"]
        with running([*without_rights(account), *serve], port, folder / "log", folder):
            word, *check = service["healthcheck"]["test"]
            assert word == "CMD"
            check = [POSTGRESQL / check[0], *check[1:], f"--port={port}"]
            wait_until(lambda: subprocess.run(check, capture_output=True, check=False).returncode == 0)
            yield port


def settings(service: dict, port: int) -> dict[str, str]:
    """Return the environment of a service of ours; the database is at `port`."""
    found = filled()
    for name, value in service["environment"].items():
        found[name] = value.replace("${POSTGRES_PASSWORD:?}", PASSWORD).replace("postgres:5432", f"127.0.0.1:{port}")
    assert service["env_file"] == ".env" and service["image"] == "crumb"
    assert service["build"] == {"context": "..", "dockerfile": "deploy/Dockerfile"}
    return found


def test_no_image_has_a_host():
    """Each image is named by its short name, which every engine knows a source for."""
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall("^FROM (.*)", (DEPLOY / "Dockerfile").read_text(), re.M)
    assert len(images) == 5 and all(re.fullmatch(r"[a-z]+(:[a-z0-9.-]+)?", image) for image in images)


def test_a_container_has_no_rights():
    """Ours run as a user who is not root, without capabilities, and write to their volume and /tmp alone."""
    assert re.search("^USER ([1-9][0-9]+):", (DEPLOY / "Dockerfile").read_text(), re.M)
    ours = [service for service in SERVICES.values() if service["image"] == "crumb"]
    assert len(ours) == 2
    for service in ours:
        assert service["read_only"] and service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"] and service["tmpfs"] == "/tmp"
        assert service["volumes"] == ["instance:/srv/crumb/instance"] and "ports" not in service


@pytest.mark.whole("it installs the packages anew")
def test_the_image_serves(image, tmp_path):
    """Each RUN succeeds without rights in an empty folder; CMD serves pages with nothing but that, in health."""
    port = free_port()
    environment = image.environment | {"PORT": str(port), "CRUMB_URL": f"http://localhost:{port}"}
    health = [part.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for part in image.health]
    assert health != image.health
    assert image.run(health).returncode == 1, "nobody is there yet"
    with running([*without_rights(), *image.command], port, tmp_path / "log", image.folder, **environment):
        done = image.run(health)
        assert done.returncode == 0, done.stderr
        assert answers(EVERYWHERE, port)
        for path in ("/", "/shop/", "/forum/", "/lab", "/learn", "/teach", "/cookies", "/setcookie/plain"):
            assert ask(port, GET.format(path, f"localhost:{port}").encode(), tls=False).status == 200, path
    assert sorted(path.name for path in image.folder.iterdir() if path.stat().st_mode & 0o200) == ["instance"]
    assert "rror" not in (tmp_path / "log").read_text()
    subprocess.run(f"rm -rf {image.folder}/instance/*", shell=True, check=True)


@pytest.mark.whole("it installs the packages anew, and starts PostgreSQL, nginx and two sites")
@pytest.mark.skipif(not (POSTGRESQL and program("nginx")), reason="nginx or PostgreSQL is not installed")
def test_the_services_serve(image, postgres, tmp_path):
    """Each service as compose.yaml says: the schema is made, two sites serve the same visitor, one alone does too."""
    upgrade, site = SERVICES["upgrade"], SERVICES["site"]
    done = image.run(upgrade["command"], **settings(upgrade, postgres))
    assert done.returncode == 0 and "is at revision" in done.stdout, done.stderr
    ports, port, plain = [free_port() for _ in range(site["deploy"]["replicas"])], free_port(), free_port()
    assert len(ports) == 2
    with ExitStack() as stack:
        sites = []
        for each in ports:
            environment = image.environment | settings(site, postgres) | {"PORT": str(each)}
            command = [*without_rights(), *image.command]
            log = tmp_path / f"site-{each}"
            sites.append(ExitStack())
            sites[-1].enter_context(running(command, each, log, image.folder, **environment))
            stack.push(sites[-1])
        stack.enter_context(running_nginx(tmp_path, port, plain, ports))
        host = filled()["CRUMB_URL"].removeprefix("https://")
        for path in 4 * ("/", "/forum/", "/social/"):
            assert ask(port, GET.format(path, host).encode(), tls=True).status == 200, path
        page = ask(port, GET.format("/", host).encode(), tls=True).text
        [style] = set(re.findall('href="(/static/[^"]+site.css)"', page))
        assert "text/css" in ask(port, GET.format(style, host).encode(), tls=True).getheader("Content-Type")
        sites[0].close()
        for _ in range(4):
            assert ask(port, GET.format("/forum/", host).encode(), tls=True).status == 200
    for each in ports:
        assert "rror" not in (tmp_path / f"site-{each}").read_text()


def running_nginx(folder: Path, port: int, plain: int, sites: list[int]):
    """Run the service nginx: its command, its files where we may write, and `site` known by name."""
    service = SERVICES["nginx"]
    assert service["volumes"] == ["./nginx.conf:/crumb.conf:ro", "./tls:/etc/nginx/crumb:ro"]
    make_certificate(folder)
    given, site, stand_in = folder / "crumb.conf", folder / "default.conf", folder / "nginx"
    given.write_text(nginx_site((DEPLOY / "nginx.conf").read_text(), port, plain, [8000], folder))
    servers = " ".join(f"server 127.0.0.1:{each};" for each in sites)
    main = nginx_main(folder, site)
    stand_in.write_text(
        f"#!/bin/sh\nsed -i 's/server site:8000;/{servers}/' {site}\n"
        f'exec {program("nginx")} -p {folder} -c {main} "$@"\n'
    )
    stand_in.chmod(0o755)
    places = {"/crumb.conf": str(given), "/etc/nginx/conf.d/default.conf": str(site), "exec nginx": f"exec {stand_in}"}
    command = service["command"]
    for place, ours in places.items():
        assert place in command[-1]
        command = [*command[:-1], command[-1].replace(place, ours)]
    return running(command, port, folder / "log", folder)


def test_the_processes_serve(drill, instance, databases, tmp_path):
    """On a platform `release` makes the schema and `web` serves, with database and port as the platform names them."""
    port = free_port()
    processes = dict(line.split(": ", 1) for line in (DEPLOY / "Procfile").read_text().splitlines())
    environment = filled(CRUMB_INSTANCE=str(instance), PORT=str(port))
    environment |= {"DATABASE_URL": f"sqlite:///{tmp_path}/crumb.sqlite3", "CRUMB_MIGRATE_ON_START": "false"}
    done = subprocess.run(
        ["sh", "-c", processes["release"]], cwd=ROOT, env={"PATH": PATH, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0 and "is at revision" in done.stdout, done.stderr
    with running(["sh", "-c", f"exec env {processes['web']}"], port, tmp_path / "log", **environment):
        assert ask(port, GET.format("/forum/", "cookies.example.org").encode(), tls=False).status == 200
        assert answers(EVERYWHERE, port)
    assert list(tmp_path.glob("crumb.sqlite3")), "the database is where the platform said"


def unit(text: str) -> configparser.SectionProxy:
    """Return the part [Service] of crumb.service."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    parser.optionxform = str
    parser.read_string(text)
    return parser["Service"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_service_is_sound(tmp_path):
    """systemd understands each line of crumb.service, and finds its exposure below 1.5 of 10."""
    file = tmp_path / "crumb.service"
    file.write_text((DEPLOY / "crumb.service").read_text().replace("/srv/crumb", str(ROOT)))
    for command in (["verify"], ["security", "--offline=true", "--threshold=15", "--no-pager"]):
        done = subprocess.run(["systemd-analyze", *command, file], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and not done.stderr, done.stderr + done.stdout


@pytest.mark.whole("it installs the packages anew")
def test_the_service_serves(image, tmp_path):
    """What crumb.service starts serves from /srv/crumb, with its environment, and writes to its one folder only."""
    service, port = unit(image.here((DEPLOY / "crumb.service").read_text())), free_port()
    assert service["EnvironmentFile"] == f"{image.folder}/deploy/.env" and service["User"] not in ("", "root")
    assert service["ProtectSystem"] == "strict" and service["ReadWritePaths"] == f"{image.folder}/instance"
    assert service["WorkingDirectory"] == str(image.folder)
    environment = filled(PORT=str(port)) | dict(pair.split("=", 1) for pair in service["Environment"].split())
    done = image.run(service["ExecStartPre"].split(), **environment)
    assert done.returncode == 0 and "is at revision" in done.stdout, done.stderr
    command = [*without_rights(), *service["ExecStart"].split()]
    with running(command, port, tmp_path / "log", image.folder, **environment):
        assert ask(port, GET.format("/forum/", "cookies.example.org").encode(), tls=False).status == 200
