"""GitHub Classroom: the workflow of a starter repository, and a check as its reporter reads it.

Reference: the README of github.com/classroom-resources/autograding-grading-reporter. The workflow must be called
`Autograding Tests` and have one job, `run-autograding-tests`. Each runner is a step whose output `result` is JSON in
Base64: `version`, `status` (`pass`, `fail` or `error`), `max_score`, and `tests`, each with `name`, `status`, `score`
and `message`. The reporter reads it from the variable `RUNNER_RESULTS`, adds the scores up and tells Classroom. GitHub
has closed Classroom itself; the workflow runs without it, and then the points stand in the run's summary alone.
"""

from __future__ import annotations

import base64
import json
import shlex
import sys
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.authoring.kit import files_of_kit, with_record

WORKFLOW = ".github/workflows/classroom.yml"
_RUNNER = "check"
# a step of setup and the libraries, besides what a submission may take
_SPARE_MINUTES = 20
_TEXT = """\
name: Autograding Tests
'on':
- push
- workflow_dispatch
- repository_dispatch
permissions:
  checks: write
  actions: read
  contents: read
jobs:
  run-autograding-tests:
    runs-on: ubuntu-latest
    timeout-minutes: {minutes}
    if: github.actor != 'github-classroom[bot]'
    steps:
    - name: Checkout code
      uses: actions/checkout@v4
      with:
        fetch-depth: 0
    - name: Set up Python
      uses: actions/setup-python@v5
      with:
        python-version: '3.12'
    - name: Install the autograder
      run: |
        python -m pip install {install}
    - name: Check {name}
      id: {runner}
      run: |
        # of script and notebook the one that was committed last is checked: a checkout gives both one time
        for file in {files}; do
          if [ -e "$file" ]; then touch -d "@$(git log -1 --format=%ct -- "$file")" "$file"; fi
        done
        autograder check {name} --json > check.json || true
        python -m autograder.exporting.github check.json >> "$GITHUB_OUTPUT"
    - name: Autograding Reporter
      uses: classroom-resources/autograding-grading-reporter@v1
      env:
        {variable}: "${{{{steps.{runner}.outputs.result}}}}"
      with:
        runners: {runner}
"""


def workflow(assignment: Assignment, install: str) -> str:
    """The text of `.github/workflows/classroom.yml`: the public tests at each push.

    Args:
        assignment: The assignment.
        install: What pip installs: a name, an address or `git+https://…`.
    """
    minutes = _SPARE_MINUTES + int(assignment.limits.seconds_per_submission // 60)
    stem = Path(assignment.submission).stem
    return _TEXT.format(
        minutes=minutes,
        install=shlex.quote(install),
        name=assignment.name,
        runner=_RUNNER,
        variable=f"{_RUNNER.upper()}_RESULTS",
        files=f"{stem}.py {stem}.ipynb",
    )


def repository(assignment: Assignment, install: str) -> dict[str, bytes]:
    """The files of a starter repository: the kit and the workflow.

    Raises:
        UsageError: As `files_of_kit`.
    """
    kit = with_record(files_of_kit(assignment))
    return {place.partition("/")[2]: content for place, content in kit.items()} | {
        WORKFLOW: workflow(assignment, install).encode()
    }


def runner_result(record: dict[str, Any]) -> dict[str, Any]:
    """What a runner tells the reporter of a check.

    Args:
        record: What `autograder check --json` prints.

    Example:

    >>> runner_result({"status": "graded", "score": 0, "max_score": 0, "questions": []})["status"]
    'pass'
    """
    tests = [
        {
            "name": f"{one['id']} {one['name']}",
            "status": {"passed": "pass", "error": "error"}.get(one["outcome"], "fail"),
            "score": one["points"],
            "message": one["message"],
            "test_code": f"autograder check {one['id']}",
            "filename": "",
            "line_no": 0,
            "execution_time": "",
        }
        for one in record["questions"]
    ]
    is_right = record["status"] == "graded" and record["score"] >= record["max_score"]
    is_broken = record["status"] != "graded"
    status = "pass" if is_right else "error" if is_broken else "fail"
    return {"version": 1, "status": status, "max_score": record["max_score"], "tests": tests}


def main(arguments: list[str]) -> int:
    """Prints the output of a step: `result=…`, from the file that `autograder check --json` wrote."""
    try:
        record = json.loads(Path(arguments[0]).read_text("utf-8"))
    except (OSError, ValueError, IndexError):
        # what went wrong stands above, in the log of the step
        failed = {"name": "autograder check", "status": "error", "score": 0, "message": "The check could not be run."}
        result: dict[str, Any] = {"version": 1, "status": "error", "max_score": 0, "tests": [failed]}
    else:
        result = runner_result(record)
    print(f"result={base64.b64encode(json.dumps(result).encode()).decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
