"""Programs with cookies of their own, curl and requests, against the calls for programs."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from run import ROOT
from tests.browser.serving import site
from tests.serving import free_port

requests = pytest.importorskip("requests", reason="requests is not installed: .ci/run does that")


@pytest.fixture
def base(server):
    """The address of httpbin's cookie calls."""
    return f"{server.url}/httpbin/cookies"


@pytest.fixture
def curl(tmp_path):
    """A function that runs curl with one cookie file, as its manual says, and returns what it printed."""
    program = shutil.which("curl")
    if not program:
        pytest.skip("curl is not installed")
    jar = str(tmp_path / "jar.txt")

    def run(*arguments: str) -> str:
        command = [program, "--silent", "--show-error", "--location", "--cookie", jar, "--cookie-jar", jar, *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=30).stdout

    run.jar = jar
    return run


def test_curl_keeps_them_in_its_file(base, curl):
    """Set, kept in the file over runs, sent back, deleted."""
    assert json.loads(curl(f"{base}/set?flavour=rye&size=small")) == {"cookies": {"flavour": "rye", "size": "small"}}
    with open(curl.jar, encoding="utf-8") as file:
        lines = [line.split() for line in file if "\t" in line]
    assert {tuple(line[2:4] + line[5:]) for line in lines} == {
        ("/httpbin", "FALSE", "flavour", "rye"),
        ("/httpbin", "FALSE", "size", "small"),
    }
    assert json.loads(curl(base)) == {"cookies": {"flavour": "rye", "size": "small"}}
    assert json.loads(curl(f"{base}/delete?flavour")) == {"cookies": {"size": "small"}}


def test_curl_sends_none_elsewhere(base, curl):
    """The path keeps them from the pages of the site."""
    curl(f"{base}/set?flavour=rye")
    headers = curl("--verbose", "--output", "-", "--head", base.removesuffix("/httpbin/cookies") + "/healthz")
    assert "flavour" not in headers


def test_requests_keeps_them_in_a_session(base):
    """A session sends back what a redirect set, also percent signs, quotes and equals signs."""
    session = requests.Session()
    for value in ["bar", '"bar:baz"', "a=b", "50%25", "x" * 3000]:
        assert session.get(f"{base}/set", params={"foo": value}).json() == {"cookies": {"foo": value.strip('"')}}
    assert session.cookies.get_dict(path="/httpbin").keys() == {"foo"}
    assert session.get(f"{base}/delete?foo").json() == {"cookies": {}}
    assert not session.cookies


def test_requests_takes_cookies_of_one_request(base):
    """Cookies of one request are sent with it and not kept.

    At httpbin, one of the same name takes the place of the session's. Here that has the longer path, so both are sent
    and it comes first: the one difference that the path makes.
    """
    session = requests.Session()
    session.get(f"{base}/set?foo=bar")
    answer = session.get(base, cookies={"foo": "baz"})
    assert answer.request.headers["Cookie"] == "foo=bar; foo=baz" and answer.json() == {"cookies": {"foo": "bar"}}
    assert session.get(base, cookies={"other": "1"}).json() == {"cookies": {"foo": "bar", "other": "1"}}
    assert session.get(base).json() == {"cookies": {"foo": "bar"}}
    assert requests.get(base, cookies={"foo": "bar"}).json() == {"cookies": {"foo": "bar"}}


def test_requests_sees_the_line_before_the_redirect(base):
    """Without following it, the answer itself has the cookie; a reserved name is refused."""
    answer = requests.get(f"{base}/set?foo=bar", allow_redirects=False)
    assert (answer.status_code, answer.cookies["foo"]) == (302, "bar")
    assert requests.get(f"{base}/set?session=1").status_code == 400


@pytest.mark.whole("it downloads a source distribution and makes an environment for it")
def test_requests_own_tests_pass(tmp_path):
    """Those tests of requests that ask httpbin for cookies, from its source distribution, against our calls."""
    locked = (Path(ROOT) / "requirements-browser.txt").read_text("utf-8")
    (tmp_path / "requests.txt").write_text(re.search(r"^requests==.*?(?=^\S|\Z)", locked, re.M | re.S)[0], "utf-8")
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    download += ["--no-binary", "requests", "--require-hashes", "--requirement", "requests.txt"]
    subprocess.run(download, cwd=tmp_path, check=True, timeout=300)
    shutil.unpack_archive(next(tmp_path.glob("requests-*.tar.gz")), tmp_path)
    port = free_port()
    # One of them sends this host name, to see what becomes of its cookies.
    settings = {"CRUMB_URL": f"http://localhost:{port}", "CRUMB_TRUSTED_HOSTS": "httpbin.org"}
    with site(tmp_path / "instance", port, **settings) as running:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "httpbin_plugin", "-p", "no:cacheprovider"]
        told = subprocess.run(
            [*command, "--override-ini=addopts=", "tests/test_requests.py"],
            cwd=next(path for path in tmp_path.glob("requests-*") if path.is_dir()),
            env={**os.environ, "CRUMBTEST_HTTPBIN": f"{running.url}/httpbin", "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
    assert told.returncode == 0, told.stdout
    assert int(re.search(r"(\d+) passed", told.stdout)[1]) >= 7, told.stdout
