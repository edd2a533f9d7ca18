"""Values of the reference that stay from run to run, and what may not stop a run."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.definition import find_assignment
from autograder.engine.kept_values import KeptValues
from autograder.engine.reference import Reference, ReferenceStore

VERSIONS = {"numpy": "2"}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def assignment():
    return find_assignment("03_numpy_net")


def test_second_run_computes_nothing_and_gives_the_same(assignment, spawner):
    Y_hat, Y = np.ones((5, 2)), np.zeros((5, 2))
    found, stores = [], []
    for _ in range(2):
        kept = KeptValues.of(assignment, 7, VERSIONS)
        stores.append(ReferenceStore(assignment, spawner, 7, recorded=False, kept=kept))
        found.append(Reference(stores[-1]).mse_loss(Y_hat, Y))
        stores[-1].close()
    assert found == [2.0, 2.0]
    assert stores[0].seconds > 0 and stores[1].seconds == 0


def test_other_seed_versions_and_assignments_have_values_of_their_own(assignment):
    paths = {
        KeptValues.of(one, seed, versions).path
        for one in (assignment, find_assignment("04_tape_net"))
        for seed in (1, 2)
        for versions in (VERSIONS, {"numpy": "3"})
    }
    assert len(paths) == 8


def test_what_is_there_is_added_to(assignment):
    kept = KeptValues.of(assignment, 1, VERSIONS)
    kept.keep({"a": b"\x00\xff"})
    kept.keep({"b": b""})
    assert kept.read() == {"a": b"\x00\xff", "b": b""}


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"no archive", None], ids=repr)
def test_damaged_file_holds_nothing_and_is_written_anew(assignment, content):
    kept = KeptValues.of(assignment, 1, VERSIONS)
    kept.keep({"a": b"1"})
    kept.path.write_bytes(kept.path.read_bytes()[:-9] if content is None else content)
    assert kept.read() == {}
    kept.keep({"b": b"2"})
    assert kept.read() == {"b": b"2"}


def test_folder_that_cannot_be_written_to_costs_time_and_no_more(assignment, cache):
    cache.write_text("a file where the folder should be")
    kept = KeptValues.of(assignment, 1, VERSIONS)
    kept.keep({"a": b"1"})
    assert kept.read() == {}


def test_oldest_are_removed(assignment, cache):
    for seed in range(23):
        KeptValues.of(assignment, seed, VERSIONS).keep({"a": b"1"})
    assert len(list(cache.iterdir())) == 20
    assert KeptValues.of(assignment, 22, VERSIONS).read()
