"""The Content-Security-Policy of every kind of answer, judged by csp_evaluator."""

import json
import re
import secrets
import subprocess
from pathlib import Path

from tests.examples import KEY
from tests.security.test_observatory import SITE, pages
from webapp.address import ROLES
from webapp.lab import notes

HERE = Path(__file__).parent
NONCE = "'nonce-r4nd0mr4nd0mr4nd0m'"


def findings(policies: list[str]) -> list[list[dict]]:
    """Return what csp_evaluator finds in each policy."""
    command = ["node", str(HERE / "policy.mjs")]
    told = subprocess.run(command, input=json.dumps(policies), check=True, capture_output=True, text=True, timeout=60)
    return json.loads(told.stdout)


def test_no_policy_has_a_finding(make_app):
    """Of pages, redirects, refusals, files and the lab's other parties: none; of one that is no good there are some."""
    parties = {role: f"{role}.test" for role in ROLES} | {"guest": "guest.shop.test"}
    app = make_app(URL=SITE, SECRET_KEY=KEY, LAB_HOSTS=parties, DEMO_ACCOUNTS=False)
    policies = {page.headers["Content-Security-Policy"]: page.url for page in pages(app)}
    client = app.test_client(use_cookies=False)
    bench = secrets.token_urlsafe(12)
    with app.app_context():
        notes.begin(bench)
    for host in parties.values():
        for path in ("/", "/advertisement", "/seen", "/no-such-page"):
            answer = client.get(path, base_url=f"https://{host}", query_string={"bench": bench})
            policies[answer.headers["Content-Security-Policy"]] = f"https://{host}{path}"
    asked = {re.sub("'nonce-[^']+'", NONCE, policy): url for policy, url in policies.items()}
    found = dict(zip(asked.values(), findings(list(asked)), strict=True))
    assert {url: told for url, told in found.items() if told} == {}
    assert len(asked) > 5
    assert all(findings(["script-src 'unsafe-inline'; object-src *", "default-src *", "script-src data:"]))
