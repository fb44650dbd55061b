"""What a browser does with cookies: RFC 6265bis, and where browsers differ.

    agent = UserAgent("chromium")
    verdict = agent.receive("https://example.org/", "theme=dark; Max-Age=60", now=now)
    verdict.stored, [str(step) for step in verdict.steps]
    agent.cookie_header("https://example.org/", now=now)  # "theme=dark"

Pure: no Flask, no clock, no network. Start reading in agent.py; how browsers differ is in engines.py alone.
"""

from .agent import Answer, UserAgent, Verdict
from .decide import is_secure
from .engines import ENGINES, Engine, ThirdParty, engine_of, readings
from .rules import RULES, Rule, Step
from .store import Cookie

__all__ = [
    "ENGINES", "RULES", "Answer", "Cookie", "Engine", "Rule", "Step", "ThirdParty", "UserAgent", "Verdict", "engine_of",
    "is_secure", "readings",
]  # fmt: skip
