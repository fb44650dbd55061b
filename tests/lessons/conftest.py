"""Lessons are played on a site as it is started: with its demo accounts and what the town has written."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import POSTGRES, restore
from webapp import Crumb, clock, create_app
from webapp.database import dispose


@pytest.fixture(autouse=True)
def _time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What passes while a lesson is played has not passed for the next."""
    monkeypatch.setattr(clock, "now", clock.now)


@pytest.fixture(scope="session")
def town(
    instance: Path, databases: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Crumb, dict[str, Any], Path, Path]]:
    """The app, its settings, its database, and that as it was at the start: they take longer than most tests."""
    folder = tmp_path_factory.mktemp("town")
    file, begun = folder / "crumb.sqlite3", folder / "begun.sqlite3"
    shutil.copy(databases[True], file)
    settings = {"INSTANCE": str(instance), "DATABASE_URL": f"sqlite:///{file}", "TESTING": True}
    app = create_app({**settings, "MIGRATE_ON_START": True})
    dispose(app)
    restore(begun, file)
    yield app, dict(app.config), file, begun
    dispose(app)


@pytest.fixture
def app(request: pytest.FixtureRequest, make_app: Callable[..., Crumb]) -> Iterator[Crumb]:
    """The app as a learner finds it."""
    if POSTGRES:
        yield make_app()
        return
    app, settings, file, begun = request.getfixturevalue("town")
    app.config.update(settings)
    restore(file, begun)
    yield app
    dispose(app)
