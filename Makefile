# Every habit of the house is one target; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DEMO ?= 1
ARGS ?=
# All state (database, search files, originals, media, secrets) lies here.
DATA_DIR ?= $(CURDIR)/var
export DATA_DIR

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
MIGRATIONS := $(wildcard */migrations/*.py recruitadvisor/*/migrations/*.py)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
LANGUAGES := ne ar

.PHONY: help setup run test test-postgres check format messages lock clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

# -- environment ------------------------------------------------------------------------------
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; install Debian's python3."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "Python's venv is missing; install Debian's python3-venv."; exit 1; }

# The stamps say which lock files the environment was made from.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing what the site needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --only-binary :all: -r requirements.txt \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing what the site and its tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

setup: $(VENV)/.dev $(CATALOGUES) $(DATA_DIR)/.migrated ## make the environment and the database
	@for program in msgfmt chromium; do command -v $$program >/dev/null \
	  || echo "Missing: $$program (Debian: gettext, chromium); some checks need it."; done

# -- the site ---------------------------------------------------------------------------------
%.mo: %.po | $(VENV)/.runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(DATA_DIR)/.migrated: $(MIGRATIONS) | $(VENV)/.runtime
	@mkdir -p $(DATA_DIR)
	@$(MANAGE) migrate --verbosity 0
	@touch $@

# Loaded once; what an operator changed or deleted afterwards stays so.
$(DATA_DIR)/.loaded: | $(DATA_DIR)/.migrated $(CATALOGUES)
ifeq ($(DEMO),0)
	@$(MANAGE) load_guides
else
	@$(MANAGE) load_demo
endif
	@$(MANAGE) sync_search
	@touch $@

run: $(VENV)/.runtime $(CATALOGUES) $(DATA_DIR)/.migrated $(DATA_DIR)/.loaded ## serve the site on loopback (PORT=8000, DEMO=0 starts empty)
	@echo "The site is at http://127.0.0.1:$(PORT)/  (stop with Ctrl-C)"
	@exec $(MANAGE) runserver --noreload --skip-checks 127.0.0.1:$(PORT)

# -- tests and checks -------------------------------------------------------------------------
test: $(VENV)/.dev $(CATALOGUES) ## run every test, browser included
	@$(BIN)/python -m pytest $(ARGS)

# The demonstration lives on SQLite; in one long transaction PostgreSQL has no statistics to plan by.
test-postgres: $(VENV)/.dev $(CATALOGUES) ## run the database tests on a throw-away PostgreSQL
	@tests/postgres/with_database $(BIN)/python -m pytest -m "not browser" --ignore tests/demo $(ARGS)

check: ## the whole check, as .ci/run
	@.ci/run

format: $(VENV)/.dev ## put the code into the house format
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

messages: $(VENV)/.dev ## bring the catalogues of the languages up to date
	@for language in $(LANGUAGES); do mkdir -p locale/$$language/LC_MESSAGES; done
	@$(MANAGE) makemessages --verbosity 0 --add-location file --no-wrap --no-obsolete \
	  $(addprefix --locale ,$(LANGUAGES)) --ignore .venv --ignore tests --ignore var
	@sed -i '/^"POT-Creation-Date: /d' $(foreach language,$(LANGUAGES),locale/$(language)/LC_MESSAGES/django.po)

lock: $(VENV)/.dev ## lock the requirements with hashes
	@$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 requirements-dev.in -o requirements-dev.txt

bench-search: $(VENV)/.dev ## measure the embedded search (JSON=1 adds one JSON line)
	@JSON=$(JSON) $(BIN)/python -m tests.benchmarks.bench_search $(ARGS)

bench-import: $(VENV)/.dev ## measure the import of a list (JSON=1 adds one JSON line)
	@JSON=$(JSON) $(BIN)/python -m tests.benchmarks.bench_import $(ARGS)

clean: ## remove the environment and what tools left; never the data folder
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache
	@rm -f locale/*/LC_MESSAGES/*.mo
