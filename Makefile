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

translations:
	.venv/bin/pybabel extract -F babel.cfg -o webapp/translations/messages.pot .
	.venv/bin/pybabel update -i webapp/translations/messages.pot -d webapp/translations

bench:
	$(PYTHON) -m bench
