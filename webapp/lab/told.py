"""What a page of the lab saw and tells the next one in its address, where no cookie could carry it."""

from datetime import timedelta
from urllib.parse import urlencode

from flask import request
from itsdangerous import BadData, TimestampSigner

from webapp.cookies import counts
from webapp.security.tokens import keys

_HOUR = timedelta(hours=1)


def tell(**seen: str) -> str:
    """Return a query that tells what was seen, signed: nobody else's link can say that it happened."""
    return _signer().sign(f"{urlencode(seen)}&sure=").decode()


def told() -> dict[str, str]:
    """Return what the query of this request tells, if it was signed within the last hour; else nothing."""
    try:
        _, signed_at = _signer().unsign(_query(), return_timestamp=True)
    except BadData:
        return {}
    return request.args.to_dict() if counts(signed_at, _HOUR) else {}


def made_up() -> bool:
    """Tell whether the query of this request tells something that nobody here has signed."""
    return bool(_query()) and not told()


def _query() -> bytes:
    return request.query_string.removeprefix(b"cookies=set").removeprefix(b"&")  # what `webapp.kept` asks


def _signer() -> TimestampSigner:
    return TimestampSigner(keys(), salt="crumb.lab.told")
