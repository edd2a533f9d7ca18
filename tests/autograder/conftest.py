"""What tests share: a template, what unpacks archives in its processes, and the program as if it were installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.handin.unpacking import Unpacker
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.starting import Spawner
from autograder.isolation.host.users import student_user

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def spawner() -> Iterator[Spawner]:
    """Makes processes of the sandbox."""
    template = new_template("numpy")
    _ = template.versions
    spawner = template.control()
    yield spawner
    if spawner is not template:
        spawner.close()
    template.close()


@pytest.fixture(scope="session")
def unpack(spawner: Spawner) -> Unpacker:
    """Takes files out of archives, each in a process of the sandbox."""
    return Unpacker(spawner, student_user())


@pytest.fixture
def installed(tmp_path):
    """The program, as if it had been installed without the assignments: run in a folder, gives status and output."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("autograder", "tfkit", "datasets"):
        (site / name).symlink_to(ROOT / name)

    def run(folder, *arguments):
        environment = {**os.environ, "PYTHONPATH": str(site), "COLUMNS": "200", "AUTOGRADER_CACHE": str(tmp_path / "c")}
        environment.pop("AUTOGRADER_ASSIGNMENTS", None)
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, timeout=600)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    return run
