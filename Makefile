# On a machine with Python 3.11 and make: `make demo` plays, `make test` tests, `make check` is what CI runs.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8080

# Half of what the packages hold is never imported; the rest is compiled by its first import, on all cores.
INSTALL := --quiet --disable-pip-version-check --no-compile
LOCKED := --require-hashes --requirement requirements.lock

# What one process has compiled need not be compiled again by each of those that the demo and the tests start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test check complete format lint types imports migrations lock audit clean

setup: .venv/ready

# uv installs in a quarter of the time; pip knows the settings of a machine whose packages come from elsewhere.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install $(INSTALL) uv==0.13.9
	$(BIN)/uv pip install --quiet --python $(BIN)/python $(LOCKED) || $(BIN)/python -m pip install $(INSTALL) $(LOCKED)
	$(BIN)/python -m pip install $(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

demo: setup
	$(BIN)/thidua demo --port $(PORT)

test: .venv/compiled
	$(BIN)/pytest -m "not long"

# With --jobs=2 the types, which one core checks for half a minute, are checked beside the tests.
check: format lint types imports migrations complete

complete: .venv/compiled
	THIDUA_TEST_ALL=1 $(BIN)/pytest

# Each worker of pytest imports everything: what one process has compiled need not be compiled by all of them at once.
# If that fails, the tests will say why.
.venv/compiled: .venv/ready
	-$(BIN)/pytest --collect-only -n 0 -qq >/dev/null
	touch $@

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

# The lock file carries hashes and names no index.
lock: setup
	$(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes --no-header --quiet --output-file requirements.lock

# Asks the package index's own service for known faults of every locked package, so it needs the open internet and is no
# part of `check`. A package of which nothing could be learned is a failure, as is a service that does not answer.
audit: var/audit/bin/pip-audit
	var/audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict

var/audit/bin/pip-audit:
	$(PYTHON) -m venv var/audit
	var/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1

clean:
	rm -rf .venv var
