"""A solution that gives no value: the author reads which function, and why."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.assignment.definition import Assignment
from autograder.engine.reference import Reference, ReferenceError, ReferenceStore

SOLUTION = """
import numpy as np

def right(X):
    return 2 * X

def odd(X):
    return np.array([object()])

def broken(X):
    return X["W1"]

def unwritten(X):
    raise NotImplementedError

def greedy(X):
    raise MemoryError("cannot allocate")

number = 3
"""


@pytest.fixture(scope="module")
def reference(spawner, tmp_path_factory):
    folder = tmp_path_factory.mktemp("course") / "90_reference"
    folder.mkdir()
    (folder / "assignment.toml").write_text('title = "Reference"\nframework = "numpy"\n')
    (folder / "solution.py").write_text(SOLUTION)
    store = ReferenceStore(Assignment.load(folder), spawner, 1)
    yield Reference(store)
    store.close()


@pytest.mark.parametrize(
    "name, line",
    [
        ("odd", r"odd returns a value that cannot be read: .*object.*\."),
        ("number", r"number is not a function but a value of type int\."),
        ("broken", r"broken raised IndexError: .*\(line 11, in broken: return X\[\"W1\"\]\)"),
        ("unwritten", r"unwritten is not implemented yet\."),
        ("greedy", r"greedy raised MemoryError: 8000 MB are allowed\."),
        ("wright", r"wright is not defined there; is the name in the test misspelt\?"),
    ],
)
def test_solution_without_a_value_is_told(reference, name, line):
    with pytest.raises(ReferenceError) as caught:
        getattr(reference, name)(np.ones(2))
    assert re.fullmatch(rf"the reference solution of 90_reference: {line}", str(caught.value)), caught.value
    # the process is there for the next call
    assert reference.right(np.ones(2)).tolist() == [2.0, 2.0]


def test_process_that_nobody_has_asked_for_a_while_is_ended_and_comes_back(reference, spawner):
    store = reference._store
    assert reference.right(np.ones(2)).tolist() == [2, 2]
    store.rest()
    process = store._process
    assert process is not None and process.ending is None
    assert reference.right(np.ones(2)).tolist() == [2, 2]  # remembered
    store.rest()
    assert store._process is None and process.ending is not None
    assert reference.right(np.ones(3)).tolist() == [2, 2, 2]
