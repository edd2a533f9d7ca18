"""`autograder/README.md` names files that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_file_that_is_named_is_there():
    package = ROOT / "autograder"
    named = re.findall(r"`([\w/]+(?:\.(?:py|json|md)|/))`", (package / "README.md").read_text("utf-8"))
    assert len(named) > 40
    known = {path.relative_to(package).as_posix() for path in package.rglob("*")}
    for name in named:
        # what an assignment and an output folder hold is not in the package
        if name in ("expected/", "solution.py"):
            continue
        is_known = any(path == name.rstrip("/") or path.endswith(f"/{name}") for path in known)
        assert is_known or (ROOT / name).exists() or name.startswith(("handed_in", "results", "report")), name
