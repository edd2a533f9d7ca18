"""GitHub takes what is written: the workflow by the rules of its reporter, and a check as the reporter reads it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from autograder.assignment.definition import find_assignment
from autograder.exporting.github import WORKFLOW, runner_result, workflow


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The starter repository, unpacked."""
    from autograder.cli.program import program, run

    folder = tmp_path_factory.mktemp("template")
    command = [
        "github",
        "03_numpy_net",
        "--output",
        str(folder / "t.zip"),
        "--install",
        "git+https://example.org/a.git",
    ]
    assert run(lambda: program.main(command, "autograder", standalone_mode=False)) == 0
    with zipfile.ZipFile(folder / "t.zip") as archive:
        archive.extractall(folder / "repository")
    return folder / "repository"


def test_the_workflow_is_as_the_reporter_demands(template):
    read = yaml.safe_load((template / WORKFLOW).read_text("utf-8"))
    assert read["name"] == "Autograding Tests" and list(read["jobs"]) == ["run-autograding-tests"]
    steps = read["jobs"]["run-autograding-tests"]["steps"]
    reporter = next(step for step in steps if "autograding-grading-reporter" in step.get("uses", ""))
    runners = reporter["with"]["runners"].split(",")
    assert reporter["env"] == {
        f"{runner.upper()}_RESULTS": f"${{{{steps.{runner}.outputs.result}}}}" for runner in runners
    }
    assert set(runners) == {step["id"] for step in steps if "id" in step} and steps[-1] is reporter
    assert any(step.get("run", "").strip() == "python -m pip install git+https://example.org/a.git" for step in steps)


def test_the_repository_holds_the_kit_and_nothing_secret(template):
    names = {path.relative_to(template).as_posix() for path in template.rglob("*") if path.is_file()}
    assert {"03_numpy_net.py", "03_numpy_net.ipynb", "README.md", WORKFLOW} <= names
    assert not [name for name in names if "solution" in name or "hidden" in name]


@pytest.mark.parametrize("install", ["two words; rm -rf /", "$(id)", 'a"b'])
def test_what_is_installed_is_one_word(install):
    read = yaml.safe_load(workflow(find_assignment("03_numpy_net"), install))
    run = next(
        step["run"] for step in read["jobs"]["run-autograding-tests"]["steps"] if "pip install" in step.get("run", "")
    )
    said = run.strip().removeprefix("python -m pip install ")
    done = subprocess.run(["bash", "-c", f"printf %s {said}"], capture_output=True, text=True, check=True)
    assert done.stdout == install


def test_the_step_tells_the_reporter_what_a_check_found(template):
    """As the step of the workflow: check, then make an output of it."""
    step = next(
        one["run"]
        for one in yaml.safe_load((template / WORKFLOW).read_text("utf-8"))["jobs"]["run-autograding-tests"]["steps"]
        if one.get("id") == "check"
    )
    git = "git -c user.name=a -c user.email=a@b.c"
    begin = f"set -e; git init -q . && {git} add -A && {git} commit -qm start; export GITHUB_OUTPUT=$PWD/output.txt; : > output.txt"
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("AUTOGRADER_ASSIGNMENTS", None)
    subprocess.run(["bash", "-c", f"{begin}\n{step}"], cwd=template, env=environment, check=True, capture_output=True)
    name, _, encoded = (template / "output.txt").read_text("utf-8").strip().partition("=")
    found = json.loads(base64.b64decode(encoded))
    assert name == "result" and (found["version"], found["status"], found["max_score"]) == (1, "fail", 29.75)
    assert sum(test["score"] for test in found["tests"]) == 0 and len(found["tests"]) == 12
    assert {test["status"] for test in found["tests"]} <= {"pass", "fail", "error"}


def test_a_check_that_could_not_run_is_an_error(tmp_path):
    (tmp_path / "check.json").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "autograder.exporting.github", tmp_path / "check.json"], capture_output=True, text=True
    )
    found = json.loads(base64.b64decode(done.stdout.removeprefix("result=")))
    assert done.returncode == 0 and (found["status"], found["max_score"]) == ("error", 0)


def test_points_and_outcomes_go_over():
    row = {"id": "03.1", "name": "Sigmoid.", "outcome": "passed", "points": 2.0, "message": ""}
    record = {"status": "graded", "score": 2.0, "max_score": 2.0, "questions": [row]}
    found = runner_result(record)
    assert (found["status"], found["tests"][0]["status"], found["tests"][0]["score"]) == ("pass", "pass", 2.0)
    assert runner_result(record | {"status": "crashed"})["status"] == "error"
    assert runner_result(record | {"score": 1.0})["status"] == "fail"
