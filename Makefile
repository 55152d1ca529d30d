# Two commands matter: `make serve` runs the service, `make test` runs every check. Both need only Python 3.11+, git and make.
# Stamp files keep a second run quick: an environment is made anew only when its lock file changed, a wheel only when the project did.

PYTHON ?= python3
UV ?= uv
# The service, or with `make develop` an editable install, lives in the first; the checks have one of their own, because what
# they test is the installed wheel, never the checkout.
VENV := .venv
CHECK := .venv-check

PIP := -m pip --quiet --quiet --disable-pip-version-check install
LOCKED := $(PIP) --require-hashes --only-binary :all:
# Half a gigabyte, and of no use without Java: where there is none, the tests of Spark say so and are left out.
SPARK := $(PIP) --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation --no-compile --requirement requirements/spark.lock
HAS_JAVA := $(shell command -v java 2>/dev/null)
PROJECT := $(PIP) --no-index --no-deps --no-build-isolation --force-reinstall
NEW_ENOUGH := -c 'import sys; sys.exit("drets needs Python 3.11 or newer; name one, such as: make serve PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
SOURCES := pyproject.toml hatch_build.py docs_hook.py mkdocs.yml $(wildcard *.md) LICENSE NOTICE $(shell find normalizers bulk service locales drets docs -type f -not -path '*/__pycache__/*')

.DEFAULT_GOAL := help
.PHONY: help serve develop test check browser docs lint format types contract coverage bench audit sbom lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

serve: $(VENV)/.installed ## install what is locked, then run the service in the foreground
	@$(VENV)/bin/drets serve

develop: $(VENV)/.locked ## an editable install in .venv, with the tools of the checks
	@echo "Installing the tools and an editable drets into $(VENV)"
	@$(VENV)/bin/python $(LOCKED) --requirement requirements/dev.lock
	@$(if $(HAS_JAVA),$(VENV)/bin/python $(SPARK),echo "There is no Java, so Spark is left out")
	@$(VENV)/bin/python $(PROJECT) --editable .
	@touch $(VENV)/.editable

test: lint types contract sbom audit check ## every check, and the list of what the service runs on; the tests run on the built wheel

lint: $(CHECK)/.locked ## style of the code and of the Dockerfile
	$(CHECK)/bin/ruff check .
	$(CHECK)/bin/ruff format --check .
	@if [ -x $(CHECK)/bin/hadolint ]; then $(CHECK)/bin/hadolint Dockerfile && echo "Dockerfile: no fault"; \
	else echo "Dockerfile: not checked, there is no hadolint for this system"; fi

format: $(CHECK)/.locked ## let ruff mend what it can
	$(CHECK)/bin/ruff check --fix .
	$(CHECK)/bin/ruff format .

types: $(CHECK)/.locked ## mypy, strict
	$(CHECK)/bin/mypy normalizers bulk service drets tests benchmarks

contract: $(CHECK)/.locked ## who may import whom
	@$(CHECK)/bin/lint-imports --no-logo

# The tests start many processes. Where the environment forbids to keep compiled modules, each would compile all that it imports anew.
check: $(CHECK)/.installed browser ## the tests alone
	PYTHONDONTWRITEBYTECODE= $(CHECK)/bin/pytest --cov --numprocesses auto --dist loadfile --no-loadscope-reorder $(addprefix --wheel=,$(wildcard dist/*.whl))

# Tests of the pages skip themselves, with a reason, where there is no browser and none can be had.
browser: ## install Chromium where there is none and Debian's packages can be had
	@command -v chromium chromium-browser google-chrome >/dev/null || [ -n "$$CHROMIUM" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	&& echo "Installing Chromium for the tests of the pages" && apt-get -qq update >/dev/null \
	&& DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends chromium >/dev/null; } \
	|| echo "No Chromium: the tests of the pages will be skipped"

docs: $(CHECK)/.locked ## the guide as a site of static files, in site/
	NO_MKDOCS_2_WARNING=1 $(CHECK)/bin/python -m mkdocs build --quiet --site-dir site

coverage: develop ## write docs/coverage.md anew, with the tables of ../shared/reference where they are
	$(VENV)/bin/drets locales coverage $(if $(wildcard ../shared/reference),--reference ../shared/reference) -o docs/coverage.md

bench: $(VENV)/.installed ## measure speed beside floors and peers, into build/bench; never part of the tests
	@$(VENV)/bin/python -m benchmarks.bench

# A known fault fails it. That nobody could be asked is said, and is no fault of what is asked about: requirements/audit ends with 2 then.
audit: $(CHECK)/.locked ## ask the package index, then OSV, whether what the service runs on has known faults
	@for source in pypi osv; do \
	$(CHECK)/bin/pip-audit --vulnerability-service $$source --timeout 10 --require-hashes --disable-pip --requirement requirements/runtime.lock \
	--format json --progress-spinner off 2>/dev/null | $(CHECK)/bin/python requirements/audit $$source; \
	status=$$?; [ $$status = 2 ] || exit $$status; done

sbom: $(CHECK)/.locked ## list what the service runs on as CycloneDX, in build/drets.cdx.json
	@mkdir -p build
	@PYTHONWARNINGS=ignore $(CHECK)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
	--output-file build/drets.cdx.json requirements/runtime.lock
	@echo "What the service runs on: build/drets.cdx.json"

lock: ## pin every dependency anew, with hashes; needs uv
	UV=$(UV) sh requirements/lock

clean: ## remove environments, builds and caches
	rm -rf $(VENV) $(CHECK) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.locked: requirements/runtime.lock requirements/build.lock
	@echo "Installing locked dependencies into $(VENV) (half a minute the first time)"
	@$(PYTHON) $(NEW_ENOUGH)
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python $(LOCKED) --requirement requirements/runtime.lock --requirement requirements/build.lock
	@touch $@

# An editable install always is the checkout as it stands, so there is nothing to install again.
$(VENV)/.installed: $(VENV)/.locked $(SOURCES)
	@[ -e $(VENV)/.editable ] || { echo "Installing drets into $(VENV)" && $(VENV)/bin/python $(PROJECT) .; }
	@touch $@

$(CHECK)/.locked: requirements/dev.lock requirements/spark.lock
	@echo "Installing locked dependencies and tools into $(CHECK) (half a minute the first time)"
	@$(PYTHON) $(NEW_ENOUGH)
	@$(PYTHON) -m venv --clear $(CHECK)
	@$(CHECK)/bin/python $(LOCKED) --no-compile --requirement requirements/dev.lock
	@$(if $(HAS_JAVA),$(CHECK)/bin/python $(SPARK),echo "There is no Java, so Spark is left out")
	@touch $@

$(CHECK)/.installed: $(CHECK)/.locked $(SOURCES)
	@echo "Building the wheel and installing it into $(CHECK)"
	@rm -rf dist
	@$(CHECK)/bin/python -m build --wheel --no-isolation --outdir dist . >/dev/null
	@$(CHECK)/bin/python $(PROJECT) dist/*.whl
	@touch $@
