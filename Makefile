# Two commands matter: `make serve` runs the service, `make test` runs every check. Both need only Python 3.11+, git and make.
# Stamp files keep a second run quick: an environment is made anew only when its lock file or the project changed.

PYTHON ?= python3
VENV := .venv
# The checks have an environment of their own: what they test is the installed wheel, never an editable checkout.
CHECK := .venv-check
BIN := $(VENV)/bin
CHECK_BIN := $(CHECK)/bin
PIP_INSTALL := install --quiet --disable-pip-version-check
LOCKED := $(PIP_INSTALL) --require-hashes --only-binary :all:
PROJECT := $(PIP_INSTALL) --no-deps --no-build-isolation --no-index
SOURCES := $(shell find normalizers bulk service locales -type f -not -name '*.pyc' 2>/dev/null)
CODE := normalizers bulk service tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help serve develop test check lint format types contract bench lock clean

help:
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

serve: $(VENV)/.installed ## install what is locked, and run the service in the foreground
	$(BIN)/drets serve

test: $(CHECK)/.installed lint contract types check ## every check, against the built wheel

develop: $(VENV)/.locked ## an editable install in .venv, with the tools for the checks
	$(BIN)/python -m pip $(LOCKED) --requirement requirements/dev.lock
	$(BIN)/python -m pip $(PROJECT) --editable .
	@rm -f $(VENV)/.installed

check: $(CHECK)/.installed
	$(CHECK_BIN)/pytest --cov --cov-report=term

lint: $(CHECK)/.locked ## style
	$(CHECK_BIN)/ruff check .
	$(CHECK_BIN)/ruff format --check .

format: $(CHECK)/.locked ## let ruff mend what it can
	$(CHECK_BIN)/ruff check --fix .
	$(CHECK_BIN)/ruff format .

types: $(CHECK)/.locked ## mypy, strict
	$(CHECK_BIN)/mypy $(CODE)

contract: $(CHECK)/.locked ## who may import whom
	$(CHECK_BIN)/lint-imports

bench: $(VENV)/.installed ## measure speed (never part of the tests)
	$(BIN)/python benchmarks

lock: ## pin every dependency anew, with hashes; needs uv
	sh requirements/lock

clean: ## remove environments, builds and caches
	rm -rf $(VENV) $(CHECK) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.locked: requirements/runtime.lock requirements/build.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip $(LOCKED) --requirement requirements/runtime.lock --requirement requirements/build.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml $(SOURCES)
	$(BIN)/python -m pip $(PROJECT) --force-reinstall .
	@touch $@

$(CHECK)/.locked: requirements/dev.lock
	$(PYTHON) -m venv $(CHECK)
	$(CHECK_BIN)/python -m pip $(LOCKED) --requirement requirements/dev.lock
	@touch $@

$(CHECK)/.installed: $(CHECK)/.locked pyproject.toml $(SOURCES)
	rm -rf dist
	$(CHECK_BIN)/python -m build --wheel --no-isolation
	$(CHECK_BIN)/python -m pip $(PROJECT) --force-reinstall dist/*.whl
	@touch $@
