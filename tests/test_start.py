"""A start: what waits until it is needed."""

import gc
import runpy
import subprocess
import sys

from run import ROOT


def test_a_start_is_not_looked_through_for_waste(monkeypatch):
    """Until the app is there nothing is collected; from then on, as ever."""
    collects = []
    monkeypatch.setattr("webapp.create_app", lambda: collects.append(gc.isenabled()))
    monkeypatch.setattr("webapp.database.bounds.keep_swept", lambda app: None)
    runpy.run_path(str(ROOT / "wsgi.py"))
    assert collects == [False] and gc.isenabled()


def test_what_is_slow_to_import_waits_until_it_is_needed():
    """Neither Markdown nor another database's dialect is loaded by the modules that use them."""
    code = (
        "import sys, webapp.sites.forum.markup, webapp.sites.shop.stock, webapp.sites.social.tables; "
        "sys.exit(bool({'markdown_it', 'sqlalchemy.dialects.postgresql'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, check=False).returncode == 0


def test_nothing_asks_for_the_orm(tmp_path):
    """Neither a first start, which migrates, nor any module of ours loads SQLAlchemy's other half."""
    code = (
        "import sys, pkgutil, importlib, webapp; webapp.create_app(); migrated = 'alembic' in sys.modules; "
        "names = [each.name for each in pkgutil.walk_packages(webapp.__path__, 'webapp.')]; "
        "[importlib.import_module(name) for name in names if '.migrations' not in name]; "
        "sys.exit(not migrated or 'sqlalchemy.orm' in sys.modules)"
    )
    environment = {"CRUMB_INSTANCE": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False).returncode == 0
