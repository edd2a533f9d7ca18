"""The guide for authors, done from nothing: every command in it, every file, and what is printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.turns(2)
ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "autograder" / "authoring" / "GUIDE.md"
# a file to add to, where one is named, and a block
_BLOCK = re.compile(r"(?:<!-- add to (\S+) -->\n)?```\w*\n(.*?)```", re.DOTALL)
# how the package gets there is another matter
_INSTALLING = ("python -m venv", ". venv", "pip install")


def test_guide_is_true_from_beginning_to_end(tmp_path):
    site, here = tmp_path / "site", tmp_path / "home"
    site.mkdir()
    here.mkdir()
    for name in ("autograder", "tfkit", "datasets"):
        (site / name).symlink_to(ROOT / name)
    environment = {**os.environ, "PYTHONPATH": str(site), "COLUMNS": "100", "AUTOGRADER_CACHE": str(tmp_path / "c")}
    environment.pop("AUTOGRADER_ASSIGNMENTS", None)
    folder, commands = here, 0
    for file, block in _BLOCK.findall(GUIDE.read_text("utf-8")):
        if file:
            path = here / file
            assert path.is_file(), file
            path.write_text(path.read_text("utf-8") + block, "utf-8")
            continue
        for command, wanted in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            if command.startswith(_INSTALLING):
                continue
            name, *arguments = shlex.split(command)
            if name == "cd":
                folder = (folder / arguments[0]).resolve()
                continue
            program = {"autograder": [sys.executable, "-m", "autograder"], "python": [sys.executable]}.get(name, [name])
            done = subprocess.run(
                [*program, *arguments], capture_output=True, text=True, cwd=folder, env=environment, timeout=600
            )
            assert matches(done.stdout, wanted), f"{command}\n{done.stdout}{done.stderr}"
            commands += 1
    assert commands > 12


def matches(printed: str, wanted: str) -> bool:
    """Whether a text is printed, in which `…` stands for anything: on a line of its own for several lines, or none.

    Spaces at the end of a line, which nobody sees, may be there or not.
    """
    parts = [
        r"(?:.*\n)*?" if line == "…" else r".*?".join(map(re.escape, line.rstrip().split("…"))) + r" *\n"
        for line in wanted.splitlines()
    ]
    return re.fullmatch("".join(parts), printed) is not None


def test_matching():
    assert matches("a\nb\nc  \n", "a\n…\nc\n") and matches("a\nc\n", "a\n…\nc\n") and matches("x12y\n", "x…y\n")
    assert not matches("a\nb\n", "a\n") and not matches("a\n", "b\n")
