# `make demo` and `make test` need Python 3.10 to 3.13, make and pip; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo course test test-today test-all lint benchmark fuzz build clean

demo: $(VENV)/installed
	$(BIN)/autograder demo --output demo

# the solutions of all assignments, graded in one run
course: $(VENV)/installed
	$(BIN)/python assignments/solutions.py

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto --dist worksteal --durations 20

# a part of what takes long, another one each day: four weeks see all of it; seeds, attacks at every level (AUTOGRADER_TEST_SLICE=3/7: the third)
test-today: $(VENV)/installed-test
	AUTOGRADER_TEST_SLICE=$${AUTOGRADER_TEST_SLICE:-today} $(BIN)/python -m pytest -n auto --dist worksteal --durations 20 -m slow

# all parts, and everything that `make test` runs: hours
test-all: $(VENV)/installed-test
	AUTOGRADER_TEST_ALL=1 $(BIN)/python -m pytest -n auto --dist worksteal --durations 20

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# ours against other graders, each in an environment of its own, and the README's figures: 25 minutes, and the first
# time some 10 more to install the peers; `make benchmark PARTS=peers`, `make benchmark WRITE=--write`
benchmark: $(VENV)/installed-test
	$(BIN)/python tests/benchmarks/run.py $(PARTS) $(WRITE)

# a million frames or five minutes against the wire's decoder, other frames each day; guided by coverage where atheris
# can be installed
fuzz: FUZZ_SECONDS ?= 300
fuzz: $(VENV)/installed-fuzz
	$(BIN)/python tests/fuzz/fuzz_wire.py --frames 1000000 --seconds $(FUZZ_SECONDS)

# starters, notebooks and recorded values of all assignments from their solutions
build: $(VENV)/installed
	for name in assignments/[0-9]*/; do $(BIN)/autograder build $$name || exit 1; done

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-test: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@ $(VENV)/installed

$(VENV)/installed-fuzz: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test,fuzz]'
	touch $@ $(VENV)/installed $(VENV)/installed-test

$(VENV)/installed-dev: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/installed $(VENV)/installed-test

clean:
	rm -rf $(VENV) demo build *.egg-info
