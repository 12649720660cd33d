# The developer commands; `make` prints them. Each one makes `.venv` itself when it is absent.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet
BASE := $(VENV)/.base-installed
DEV := $(VENV)/.dev-installed
# NegMAS (AGPL) is compared with from outside: in an environment of its own, which nothing else uses.
NEGMAS_VENV := .venv-negmas
NEGMAS := $(NEGMAS_VENV)/.negmas-installed
UV_VERSION := 0.13.9
COMPILE := build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header
LOCK := $(COMPILE) pyproject.toml --group build
SCENARIO ?= ukraine-2025
DEMO_OUT ?= build/demo
# fewer draws than the 256 of `zopa run` for what is solved many times over (obstacles, levers)
DEMO_HEAVY ?= 64
# and of all of them: a first look, not the 1,024 of `zopa run`
DEMO_DRAWS ?= 256
PYTEST_ARGS ?=
READ_SCORE_ARGS ?=
# the series and the file of endings that the shipped scenarios are calibrated on
DATA ?= ../shared/data
CALIBRATE_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check bench calibrate calibrate-check negmas docs read-score golden lock clean
.DELETE_ON_ERROR:

help:  ## print these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s  %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(BASE)  ## the main job: a report on the shipped scenario, in build/demo
	$(BIN)/zopa run $(SCENARIO) --draws $(DEMO_DRAWS) --heavy $(DEMO_HEAVY) --out $(DEMO_OUT)

# Two processes; the tests of a file stay together, for they share what is compiled.
test: $(DEV)  ## every test, what CI runs (PYTEST_ARGS= passes options on)
	$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

check: $(DEV)  ## ruff, mypy and the import rules
	$(BIN)/ruff check $(wildcard src tests docs bench)
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/architecture/test_imports.py

bench: $(DEV)  ## speed and memory, as JSON lines
	$(BIN)/python bench/run.py

calibrate: $(DEV)  ## fit what the shipped scenarios take from data anew (needs ../shared/data)
	$(BIN)/python bench/calibrate.py --data $(DATA)

calibrate-check: $(DEV)  ## simulation-based calibration and recovery of the fitted models, at length
	$(BIN)/python bench/calibrate_check.py $(CALIBRATE_ARGS)

negmas: $(NEGMAS)  ## install NegMAS beside, for `make bench` and tests/external to compare with

docs: $(DEV)  ## write the generated pages of docs/reference anew
	$(BIN)/python -m docs.generate

read-score: $(DEV)  ## how well reports are read, on both halves of the gold set
	$(BIN)/python bench/read_score.py $(READ_SCORE_ARGS)
	$(BIN)/python bench/read_score.py --half test $(READ_SCORE_ARGS)

golden: $(DEV)  ## write the answers that tests/regression holds anew (look at what changed)
	$(BIN)/python -m tests.regression.headlines

lock: pyproject.toml  ## resolve the locks anew (the only command that changes versions)
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	$(COMPILE) bench/negmas.in --output-file bench/negmas.lock

clean:  ## remove build/ and the tools' caches, never a .venv or results elsewhere
	rm -rf build .pytest_cache .ruff_cache .mypy_cache .hypothesis

# One stamp a lock: a change of the lock installs again. The project itself is installed last,
# editable and without its dependencies, so that nothing outside the lock can come in.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "zopa needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)

$(BASE): requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(BASE)
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(NEGMAS): bench/negmas.lock
	$(PYTHON) -m venv $(NEGMAS_VENV)
	$(NEGMAS_VENV)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes \
		-r bench/negmas.lock
	@touch $@
