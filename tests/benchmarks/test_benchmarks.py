"""What the benchmarks compare is the same for everybody, and what the README says of them is what was measured."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import results
from tests.benchmarks.figures import CLASS, FIGURES, LONG, PEERS, SMALL, Run, _pair, _summary
from tests.benchmarks.peers import checks, environment, submissions
from tests.benchmarks.peers.peer import Graded, points

TESTS = submissions.ROOT / "assignments" / submissions.NAME / "tests"


def named(path: Path) -> dict[str, Any]:
    """The names of a script."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return vars(module)


def failed(path: Path) -> set[str]:
    """The questions in which a script fails a check."""
    names, found = named(path), set()
    for name, one in checks.CHECKS.items():
        try:
            checks.run(name, names)
        except Exception:
            found.add(one.question)
    return found


def own_points() -> dict[str, tuple[str, float]]:
    """Question and points of each of our own tests."""
    found = {}
    for path in (TESTS / "test_public.py", TESTS / "test_hidden.py"):
        for function in ast.parse(path.read_text("utf-8")).body:
            for mark in getattr(function, "decorator_list", []):
                worth = {one.arg: one.value for one in mark.keywords}["points"]
                found[function.name] = (ast.literal_eval(mark.args[0]), float(ast.literal_eval(worth)))
    return found


def test_peers_ask_what_our_tests_ask_for_the_same_points():
    assert {name: (one.question, one.points) for name, one in checks.CHECKS.items()} == own_points() == points()


@pytest.mark.parametrize("name", ["einsum", "dataset_variants"])
def test_right_submissions_pass_every_check(name):
    assert failed(submissions.ROOT / "tests" / "rewrites" / submissions.NAME / f"{name}.py") == set()


def test_wrong_submissions_fail_their_question(tmp_path):
    paths = submissions.write_class(tmp_path / "class", 8)
    for path in paths[1::2]:
        assert failed(path), path.read_text("utf-8")[-400:]


def test_a_class_is_half_right_half_wrong_and_holds_every_mistake_once(tmp_path):
    right, wrong = submissions.right(), submissions.wrong()
    texts = [path.read_text("utf-8") for path in submissions.write_class(tmp_path / "class", 2 * len(wrong))]
    assert set(texts[::2]) == set(right) and sorted(texts[1::2]) == sorted(wrong) and len(set(wrong)) == len(wrong)


def test_the_page_and_the_readme_are_what_was_measured():
    record = results.load()
    told = "run `python tests/benchmarks/run.py --write`"
    assert results.PAGE.read_text("utf-8") == results.page(record), told
    text = results.README.read_text("utf-8")
    begin, end = f"<!-- {results.TABLE}: made by {results.MAKER} -->", f"<!-- end of {results.TABLE} -->"
    assert text.count(begin) == text.count(end) == 1
    assert results.with_table(text, record) == text, told


def test_each_line_of_the_readme_names_a_command_that_measures_it():
    rows = re.findall(r"^\| .* \| \[`python tests/benchmarks/run.py (\w+)`\]", results.table({}), re.MULTILINE)
    assert len(rows) == 5 and set(rows) == FIGURES.keys() - LONG
    assert FIGURES.keys() == {aim.part for aim in results.AIMS} == results._DESCRIBED.keys()


def test_a_figure_that_is_not_reached_is_named_where_we_lose():
    part = {"two_to_one": 1.79, "dask_to_two": 0.95}
    losses = results._losses({"parts": {"cluster": part}})
    assert losses == ["- two workers against one: 1.79 times, where at least 1.80 times was the aim."]
    (slow,) = results._losses({"parts": {"thousand": {"count": 1000, "seconds": 301.0, "trusted_mb": 599.0}}})
    assert slow == "- 1,000 submissions of 04, two workers: 301 s, where at most 300 s was the aim."
    few = {"parts": {"thousand": {"count": 999, "seconds": 301.0, "trusted_mb": 599.0}}}
    assert results.SECONDS.written(few) == "not measured"


def test_a_peer_that_cannot_be_installed_gives_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("BENCHMARK_ENVIRONMENTS", str(tmp_path))

    def refuse(command, *_, **__):
        raise environment.Failed("Collecting it\nERROR: No matching distribution found for it\n\n")

    monkeypatch.setattr(environment, "run", refuse)
    with pytest.raises(environment.NotInstalled) as caught:
        environment.Environment("it", ("it",)).install()
    assert str(caught.value) == "ERROR: No matching distribution found for it"
    assert not (tmp_path / "it" / "installed.json").exists()


def test_the_page_of_a_whole_record_holds_every_figure_and_every_peer():
    ours, small = Run(44.0, {"a": 36.0, "b": 30.0}), Run(8.0, {})
    rows: dict[str, Any] = {}
    for kind in PEERS:
        pair = _pair(ours, small, Graded([15.0, 17.0], [14.0, 16.0], {"a": 36.0, "b": 36.0}))
        rows[kind.name] = {"lacks": kind.lacks, "version": "9.9", "pairs": [pair]} | _summary([pair])
    rows[PEERS[1].name] = {"lacks": "", "pairs": [], "failed": "could not be installed"}
    one = {f"{way}{end}": 1.0 for way in ("one", "two", "dask") for end in ("", "_class")}
    ratios = dict.fromkeys(("two_to_one", "dask_to_two", "two_to_one_with_start", "dask_to_two_with_start"), 2.0)
    taken = {"seconds": 300.0, "most": 90.0, "all": 250.0}
    parts = {
        "peers": {"class": CLASS, "small": SMALL, "each": 2, "one_core": True, "peers": rows},
        "cluster": {"class": CLASS, "rounds": [one | ratios]} | ratios,
        "thousand": {"count": 1000, "seconds": 200.0, "trusted_mb": 500.0, "program_mb": 50.0},
        "growing": {"count": 1000, "less": taken, "more": taken, "time_ratio": 1.0, "memory_ratio": 1.0},
        "training": {"keras_epochs": 500, "pairs": [{"tfkit": 0.5, "keras": 200.0, "ratio": 400.0}], "ratio": 400.0},
    }
    record = {"parts": {name: results.measured(part, 0.1) for name, part in parts.items()}}
    page = results.page(record)
    assert "not measured" not in page + results.table(record)
    assert all(kind.name in page for kind in PEERS) and f"{PEERS[1].name} could not be installed" in page
    assert rows[PEERS[0].name]["same_verdicts"] == 1 and "of 1 otherwise than we do" in page.replace("\n", " ")
