# Revisit (回访). `make help` lists what there is.
PORT ?= 8000
HOST ?= 127.0.0.1
DATA_DIR ?= var
DEMO ?= 1
PY ?= python3
ARGS ?=

SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all:
CODE := app migrations tests benchmarks config.py wsgi.py

# A stamp carries the sum of the lock file: installed again only when the content changed.
sum = $(firstword $(shell cat $(1) | cksum))
RUNTIME := .venv/.runtime-$(call sum,requirements.txt)
TOOLS := .venv/.tools-$(call sum,requirements.txt requirements-dev.txt)
CATALOGS := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/*.po))

.PHONY: help run test check bench messages format lock clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
	@printf '\n  Variables: PORT=%s HOST=%s DATA_DIR=%s DEMO=%s PY=%s ARGS="-k sla" (for test and bench)\n' \
		'$(PORT)' '$(HOST)' '$(DATA_DIR)' '$(DEMO)' '$(PY)'

run: $(RUNTIME) $(CATALOGS) ## Set everything up and serve, with demo data in an empty database
	@PORT='$(PORT)' HOST='$(HOST)' DATA_DIR='$(DATA_DIR)' DEMO='$(DEMO)' exec $(BIN)/flask --app wsgi up

test: $(TOOLS) $(CATALOGS) ## Set everything up and run the tests (ARGS="-k sla" passes through)
	@exec $(BIN)/python -m pytest $(ARGS)

check: $(TOOLS) ## Style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(TOOLS) $(CATALOGS) ## The product beside its bare baseline, as ratios
	@exec $(BIN)/python -m benchmarks $(ARGS)

messages: $(TOOLS) ## Collect the texts of the source into every catalog, and compile them
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext --no-location --sort-output \
		--project Revisit -o app/translations/messages.pot app templates
	$(BIN)/pybabel -q update -i app/translations/messages.pot -d app/translations \
		--no-fuzzy-matching --ignore-obsolete --no-wrap
	@$(MAKE) --no-print-directory $(CATALOGS)

format: $(TOOLS) ## Put the source into its standard shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## Compile requirements*.in into pinned files with hashes (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--only-binary :all: --custom-compile-command 'make lock' requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--only-binary :all: --custom-compile-command 'make lock' requirements-dev.in -o requirements-dev.txt

clean: ## Remove what tools left behind; data stays
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage test-results

%.mo: %.po $(RUNTIME)
	@$(BIN)/pybabel -q compile -i $< -o $@

.venv/bin/python:
	@command -v '$(PY)' >/dev/null && '$(PY)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Revisit needs Python 3.11 or newer; say which one with  make run PY=python3.12'; \
		echo '回访需要 Python 3.11 或更新的版本；可以用  make run PY=python3.12  指定'; exit 1; }
	@'$(PY)' -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python cannot make virtual environments. On Debian or Ubuntu:  apt install python3-venv'; \
		echo '这个 Python 不能建立虚拟环境。在 Debian 或 Ubuntu 上：apt install python3-venv'; exit 1; }
	@'$(PY)' -m venv .venv

$(RUNTIME): | .venv/bin/python
	@echo 'Installing what the product needs, about a minute · 正在安装所需组件，约一分钟'
	@$(PIP) -r requirements.txt 2> >(grep -v ^WARNING >&2)
	@rm -f .venv/.runtime-*; touch $@

$(TOOLS): $(RUNTIME)
	@echo 'Installing what the tests need · 正在安装测试所需组件'
	@$(PIP) -r requirements.txt -r requirements-dev.txt 2> >(grep -v ^WARNING >&2)
	@rm -f .venv/.tools-*; touch $@
