"""PostgreSQL: how long it is waited for."""

from typing import Any

from sqlalchemy import Engine, event

from .engines import PATIENCE, Engines

# A server that was restarted has closed what we hold of it; where nobody answers at all, connecting would take minutes.
OPTIONS: dict[str, Any] = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


def set_up(them: Engines) -> None:
    """Let each engine give up a lock when its patience has ended.

    Readers are kept out only by a change of the schema or by an operator: a page that cookies make waits for neither.
    """
    for engine, patience in zip(them, PATIENCE._replace(to_read=PATIENCE.to_note), strict=True):
        _be_patient(engine, patience)


def _be_patient(engine: Engine, seconds: float) -> None:
    def say(connection: Any, record: Any) -> None:
        connection.execute(f"SET lock_timeout = {int(seconds * 1000)}")
        connection.commit()

    event.listen(engine, "connect", say)
