.PHONY: run test lint ci lock translations bench pictures

PYTHON = .venv/bin/python

run:
	python3 run.py

test:
	python3 run.py test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

ci:
	.ci/run

COMPILE = uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links $(UPGRADE) pyproject.toml

# Writes the locks anew from pyproject.toml, each over the one before; needs uv. `make lock UPGRADE=--upgrade` takes the
# newest releases.
lock:
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra postgresql -c requirements.txt -o requirements-postgresql.txt
	$(COMPILE) --extra postgresql --group dev -c requirements-postgresql.txt -o requirements-dev.txt
	$(COMPILE) --extra postgresql --group browser -c requirements-dev.txt -o requirements-browser.txt

# Collects the texts and brings every catalogue up to date; new entries are empty, and the tests name them.
translations:
	for name in interface lessons town; do \
		$(PYTHON) -m babel.messages.frontend -q extract -F webapp/translations/$$name.cfg -k N_ -k gettext -k ngettext:1,2 \
			-k P_:1c,2 -k pgettext:1c,2 -w 110 \
			--add-location=file --omit-header -o webapp/translations/$$name.pot . && \
		$(PYTHON) -m babel.messages.frontend -q update -D $$name -N -w 110 --ignore-obsolete --ignore-pot-creation-date \
			-i webapp/translations/$$name.pot -d webapp/translations || exit 1; \
	done

bench:
	$(PYTHON) -m bench

# Takes the pictures of README and tour anew; needs Chromium and requirements-browser.txt.
pictures:
	$(PYTHON) -m docs.pictures
