# On a machine with Python 3.11 and make: `make demo` plays, `make test` tests, `make check` is what CI runs.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8080

# What one process has compiled need not be compiled again by each of those that the demo and the tests start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test check format lint types imports migrations lock clean

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: setup
	$(BIN)/thidua demo --port $(PORT)

test: setup
	$(BIN)/pytest

check: format lint types imports migrations
	THIDUA_TEST_ALL=1 $(BIN)/pytest

format: setup
	$(BIN)/ruff format --check .

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

migrations: setup
	$(BIN)/python -m models.migrations.check

# Needs uv; the lock file carries hashes and names no index.
lock:
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv var
