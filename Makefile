# `make demo` and `make test` need Python 3.10 to 3.13, make and pip; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint benchmark build clean

demo: $(VENV)/installed
	$(BIN)/autograder demo --output demo

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# ratios of paired timings, printed; minutes
benchmark: $(VENV)/installed-test
	$(BIN)/python tests/benchmarks/run.py

# starters, notebooks and recorded values of all assignments from their solutions
build: $(VENV)/installed
	for name in assignments/*/; do $(BIN)/autograder build $$name || exit 1; done

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-test: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@ $(VENV)/installed

$(VENV)/installed-dev: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/installed $(VENV)/installed-test

clean:
	rm -rf $(VENV) demo build *.egg-info
