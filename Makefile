# Python 3.11 or newer and make are all that is assumed; everything else goes into .venv.
PYTHON ?= python3
LOCK ?= run
# Measured on two cores: two workers need 0.7 of one's time. A file stays with one worker, and so do its dear fixtures.
WORKERS ?= auto
BIN := .venv/bin

.PHONY: help run test check bench lock clean

help:
	@echo "make run     build everything and serve it on http://127.0.0.1:8000 until Ctrl-C (PORT=8001 changes the port)"
	@echo "make test    the whole test suite (ARGS='-k chain' chooses; no server, broker or network needed)"
	@echo "make check   linters, types, import rules, migrations, deployment checks"
	@echo "make bench   what loading, polling and pages cost, each beside its floor (DATA=folder of bulk zips)"
	@echo "make lock    resolve requirements/*.txt anew (needs uv)"
	@echo "make clean   remove .venv and caches; var/, where the data is, stays"

run:
	@$(PYTHON) requirements/install.py $(LOCK)
	@exec $(BIN)/python manage.py run

test:
	@$(PYTHON) requirements/install.py test
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(ARGS)

AS_IN_PRODUCTION := env VAR_DIR=build/check SECRET_KEY=one-for-the-check-alone-0123456789-abcdefghijklmnopqr SITE_URL=https://example.org CACHE_URL=redis://127.0.0.1:6379/1
check:
	@$(PYTHON) requirements/install.py dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy tracker
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/deptry .
	$(AS_IN_PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run
	$(AS_IN_PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench:
	@$(PYTHON) requirements/install.py $(LOCK)
	@SECRET_KEY=one-for-the-bench-alone $(BIN)/python manage.py bench $(if $(DATA),--data $(DATA))

# dev.txt holds all; the others are cut from the same resolution, so any of them can be installed over another.
COMPILE = uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:
	$(COMPILE) pyproject.toml --all-extras -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/run.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt --extra prod -o requirements/prod.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt --extra test -o requirements/test.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
