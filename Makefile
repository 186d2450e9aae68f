# `make` lists the targets. Everything happens in .venv, made from PYTHON, and in .data.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --allow-unsafe --generate-hashes \
	--no-emit-index-url --no-emit-find-links --strip-extras
MANAGE := DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest
# One process a core, where each test brings all that it needs.
EACH_CORE := $(PYTEST) --numprocesses auto
LAYERS := tests/accounts tests/events tests/talks tests/streaming
# These start a browser, a server, ffmpeg or moto: too slow for the inner loop.
SLOW := $(addprefix --ignore ,tests/js $(addprefix tests/streaming/test_,embedded.py local_gateway.py ivs_gateway.py medialive_gateway.py))
CATALOGUES := locale/ja/LC_MESSAGES/django.po locale/ja/LC_MESSAGES/djangojs.po
ELSEWHERE := --ignore '.*' --ignore tests --ignore staticfiles --ignore static/vendor

# $(call install,<lock>) installs what the lock pins, unless the copy in .venv says that it is there already.
install = cmp -s $(1) .venv/$(1) || { \
	echo "Installing the packages of $(1) into .venv ..."; \
	$(PIP) install --quiet --require-hashes -r $(1) && cp $(1) .venv/$(1); }

.PHONY: help
help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 16

.PHONY: demo
demo: runtime ffmpeg ## Start a whole conference on this machine (HOST=127.0.0.1 PORT=8000)
	@exec $(BIN)/python manage.py demo --host $(HOST) --port $(PORT)

.PHONY: test
test: development machine static ## Run everything: needs a few minutes, and installs what it needs on Debian as root
	@$(EACH_CORE)
	@$(EACH_CORE) $(SLOW) -p tests.services.on_postgres $(LAYERS)
	@$(PYTEST) tests/postgres
	@$(PYTEST) tests/deploy
	@$(EACH_CORE) --dist loadfile tests/journeys

.PHONY: check
check: development static ## The fast inner loop, in under a minute
	@$(EACH_CORE) -q $(SLOW)

.PHONY: fmt
fmt: development ## Format and tidy the sources
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

.PHONY: tour
tour: development ## Make the pictures of the tour in docs/ anew
	@TOUR_PICTURES=docs/tour $(PYTEST) -q tests/journeys/test_tour.py

.PHONY: messages
messages: development ## Collect the texts to translate, and compile the translations
	@$(MANAGE) makemessages --verbosity 0 --locale ja --no-location --no-obsolete $(ELSEWHERE)
	@$(MANAGE) makemessages --verbosity 0 --locale ja --no-location --no-obsolete $(ELSEWHERE) --domain djangojs
	@for po in $(CATALOGUES); do \
		msgattrib --sort-output --no-obsolete $$po | sed '/^"POT-Creation-Date:/d' > $$po.new && mv $$po.new $$po; done
	@$(MANAGE) compilemessages --verbosity 0 --locale ja --ignore .venv

.PHONY: lock
lock: development ## Pin every dependency of pyproject.toml with hashes
	@$(COMPILE) --output-file requirements.txt pyproject.toml
	@$(COMPILE) --output-file requirements-dev.txt --extra dev --constraint requirements.txt pyproject.toml
	@echo 'imageio-ffmpeg~=0.8' | $(COMPILE) --output-file requirements-ffmpeg.txt -

.PHONY: static
static:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0

.PHONY: machine
machine:
	@tests/provision

.PHONY: runtime
runtime: venv
	@$(call install,requirements.txt)

.PHONY: development
development: venv
	@$(call install,requirements-dev.txt)

.PHONY: ffmpeg
ffmpeg: runtime
	@command -v ffmpeg >/dev/null || { $(call install,requirements-ffmpeg.txt); } || { \
		echo "ffmpeg is missing and could not be fetched from PyPI: install it (Debian: apt install ffmpeg)." >&2; \
		exit 1; }

.PHONY: venv
venv:
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
			echo "Dreamkast needs Python 3.11 or newer, which $(PYTHON) is not:" \
				"install one and name it, as in make demo PYTHON=python3.12." >&2; exit 1; }; \
		$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
			echo "$(PYTHON) cannot make virtual environments: install its venv module (Debian: apt install python3-venv)." >&2; \
			exit 1; }; \
		rm -rf .venv; $(PYTHON) -m venv .venv; }
