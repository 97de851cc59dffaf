# Every command of the project. `make help` lists them.

SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
CASES ?= 200
VENV := .venv
BIN := $(VENV)/bin
LOKET := $(BIN)/loket

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench lint types contracts migrations unit journeys \
	messages lock system setup-dev clean docs-check

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# --- for everybody -----------------------------------------------------------

setup: $(VENV)/run.stamp ## Install Loket and what it needs into .venv

demo: setup ## Fill the demo government and serve it on http://127.0.0.1:$(PORT)
	@$(LOKET) demo --port $(PORT) --cases $(CASES)

test: setup-dev system lint types contracts migrations unit journeys ## Run every check, on SQLite and on PostgreSQL

bench: setup-dev system ## Measure speed; prints JSON
	@$(BIN)/python -m bench

# --- for developers ----------------------------------------------------------

lint: setup-dev ## Style, and words that must not be committed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/check_tree.py

types: setup-dev ## Strict types
	$(BIN)/mypy

contracts: setup-dev ## Who may import whom
	$(BIN)/lint-imports

migrations: setup-dev ## No model without its migration
	$(BIN)/python tools/check_migrations.py

unit: setup-dev ## Unit tests on SQLite, then on PostgreSQL
	$(BIN)/pytest -q -n 2 -m "not journey"
	LOKET_TEST_ENGINE=postgresql $(BIN)/pytest -q -n 2 -m "not journey"

journeys: setup-dev ## Whole stories in a real browser
	$(BIN)/pytest -q -m journey

messages: ## Collect the sentences to translate (needs gettext's xgettext)
	@for app in src/loket/*/; do \
	  (cd $$app && mkdir -p locale/id/LC_MESSAGES && \
	   ../../../$(BIN)/python ../../../manage.py makemessages -l id --no-location --no-wrap); \
	done

lock: $(VENV)/tools.stamp ## Lock the dependencies again, with hashes and without hosts
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate pyproject.toml -o requirements/run.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate pyproject.toml --extra dev -o requirements/dev.lock

system: ## Install chromium, PostgreSQL and poppler from Debian, or say what is missing
	@bash tools/system.sh

clean: ## Remove what set-up and the demo made
	rm -rf $(VENV) data build .mypy_cache .ruff_cache .pytest_cache

# --- how the environment is made ---------------------------------------------

$(VENV)/tools.stamp: requirements/tools.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Loket needs Python 3.11 or newer; set PYTHON=…")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.lock
	@touch $@

$(VENV)/run.stamp: $(VENV)/tools.stamp requirements/run.lock pyproject.toml $(shell find src -name '*.po')
	@echo "Installing Loket into $(VENV) …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m loket.site.messages
	@touch $@

setup-dev: $(VENV)/dev.stamp

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@
