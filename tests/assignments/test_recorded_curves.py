"""The runs that 09 asks `diagnose` about: each shows what was done to it, and none hangs on a limit."""

from __future__ import annotations

import json
import subprocess
import sys
from gzip import decompress
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "assignments" / "09_regularization"
FILES = {"data/curves.json.gz": 2, "tests/hidden_curves.json.gz": 5}

# run with the path of the script: what the solution says of each run, with the limits as they are and moved
ANSWERS = """
import importlib.util, gzip, json, sys
import numpy as np
spec = importlib.util.spec_from_file_location("record_curves", sys.argv[1])
record = importlib.util.module_from_spec(spec)
spec.loader.exec_module(record)
np.seterr(all="ignore")
solution = record.solution()
runs = [run for path in (record.PUBLIC, record.HIDDEN) for run in json.loads(gzip.decompress(path.read_bytes()))]
print(json.dumps([[run["done"], sorted(record.answers(solution, run["history"]))] for run in runs]))
"""


@pytest.mark.parametrize("name", FILES)
def test_each_word_has_as_many_runs(name):
    runs = json.loads(decompress((FOLDER / name).read_bytes()))
    words = [run["done"] for run in runs]
    assert len(set(words)) == 10 and {words.count(word) for word in words} == {FILES[name]}


def test_no_hidden_run_is_public():
    public, hidden = (
        {str(run["history"]["loss"]) for run in json.loads(decompress((FOLDER / name).read_bytes()))} for name in FILES
    )
    assert not public & hidden


def test_every_run_has_its_word_by_a_margin():
    pytest.importorskip("tensorflow")
    command = [sys.executable, "-c", ANSWERS, str(FOLDER / "record_curves.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) == 70
    assert [(word, answers) for word, answers in found if answers != [word]] == []
