.PHONY: run test lint ci lock translations bench

PYTHON = .venv/bin/python

run:
	python3 run.py

test:
	python3 run.py test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

ci:
	.ci/run

# Writes the locks anew from the .in files; needs uv. `make lock UPGRADE=--upgrade` takes the newest releases.
lock:
	for name in requirements requirements-dev requirements-browser; do \
		uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			--no-emit-index-url --no-emit-find-links $(UPGRADE) $$name.in -o $$name.txt || exit 1; \
	done

# Collects the texts and brings every catalogue up to date; new entries are empty, and the tests name them.
translations:
	$(PYTHON) -m babel.messages.frontend -q extract -F babel.cfg -k N_ -k gettext -k ngettext:1,2 --no-location -o webapp/translations/messages.pot .
	$(PYTHON) -m babel.messages.frontend -q update -N -w 110 --ignore-obsolete --ignore-pot-creation-date -i webapp/translations/messages.pot -d webapp/translations

bench:
	$(PYTHON) -m bench
