"""The kit in an empty environment: the package installed alone by pip, and nothing of this repository in sight.

It takes minutes and a registry: one day of seven, and `make test-all`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import venv
from pathlib import Path

import pytest

from tests.slices import part_of
from tests.student.evening import ROOT, WITHOUT_MEAN, Evening

# what pip says where it reaches no registry
_UNREACHABLE = ("Could not find a version", "No matching distribution", "ConnectionError", "Network is unreachable")
_SOURCES = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "tfkit", "autograder", "datasets")


def installed(folder: Path) -> Path:
    """The programs of a new environment with the package, not editable, and what it declares."""
    source = folder / "source"
    source.mkdir()
    for name in _SOURCES:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    command = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", source]
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, env=own, timeout=1800)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1]
        if any(text in done.stderr for text in _UNREACHABLE):
            pytest.skip(f"pip reaches no registry: {last}")
        pytest.fail(done.stderr)
    shutil.rmtree(source)
    return programs


@pytest.mark.slow
@pytest.mark.parametrize("name", part_of(["03_numpy_net"], 0))
def test_a_kit_and_pip_are_enough(tmp_path, name):
    try:
        _an_evening(tmp_path, name, installed(tmp_path))
    finally:
        # gigabytes
        shutil.rmtree(tmp_path / "venv", ignore_errors=True)


def _an_evening(tmp_path: Path, name: str, programs: Path) -> None:
    evening = Evening(_new(tmp_path / "course"), name)
    evening.file.write_text(evening.solved(WITHOUT_MEAN))
    variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AUTOGRADER_CACHE": str(tmp_path / "cache")}
    variables |= {key: os.environ[key] for key in ("SYSTEMROOT", "TMPDIR", "LANG") if key in os.environ}

    def run(*words: str) -> tuple[int, str]:
        command = [programs / "autograder", *words]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", cwd=evening.kit, env=variables, timeout=300
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    where = [programs / "python", "-c", "import autograder; print(autograder.__file__)"]
    assert (
        str(tmp_path)
        in subprocess.run(where, capture_output=True, encoding="utf-8", cwd=tmp_path, env=variables).stdout
    )
    assert run("list")[1].splitlines()[0].startswith(f"{name}  A two-layer network in NumPy")
    status, out = run("check", name, "--json")
    assert status == 1
    told = [_told(row) for row in json.loads(out)["questions"]]
    # the same facts and causes as in the clone
    assert told == [_told(row) for row in json.loads(evening.run("check", name, "--json")[1])["questions"]]
    assert any("7 is your number of examples" in str(row) for row in told)
    assert run("hint", "03.5")[1].startswith("03.5, hint 1 of 3")
    status, out = run("submit", name)
    assert status == 0 and "Not right: 03.5." in out
    assert (evening.kit / f"{name}-submission.zip").is_file()
    assert "20.25 of 29.75 public points, checked today" in run("list")[1]


def _told(row: dict) -> tuple[object, ...]:
    diagnosis = row["diagnosis"] and row["diagnosis"]["text"]
    return row["id"], row["outcome"], row["points"], row["message"], diagnosis


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder
