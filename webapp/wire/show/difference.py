"""What the browser held at one request and not at the one before."""

from dataclasses import dataclass

from webapp.wire.record.exchange import Exchange
from webapp.wire.record.masking import MASK


@dataclass(frozen=True)
class Difference:
    """The cookies of two requests compared: names, and whether the response before had a line of that name.

    `hidden` are names whose value is masked and looks the same: whether it is can't be told.
    """

    added: list[tuple[str, bool]]
    gone: list[tuple[str, bool]]
    changed: list[tuple[str, str, str, bool]]
    hidden: list[str]


def compare(before: Exchange, after: Exchange) -> Difference:
    """Return what changed from one request to the next; of several cookies of one name the first counts."""
    old, new = dict(reversed(before.sent)), dict(reversed(after.sent))
    told = {line.name for line in before.written}
    both = [name for name in old if name in new]
    return Difference(
        added=[(name, name in told) for name in new if name not in old],
        gone=[(name, name in told) for name in old if name not in new],
        changed=[(name, old[name], new[name], name in told) for name in both if old[name] != new[name]],
        hidden=[name for name in both if old[name] == new[name] and MASK in new[name]],
    )
