"""Files that authors write in TOML, and the places of mistakes in them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from autograder.errors import UsageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file and what it says.

    Raises:
        UsageError: When it is missing or no TOML.
    """
    try:
        text = path.read_text("utf-8")
        return text, tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {path}: {error}; fix it there") from None


def place_of(path: Path, text: str, key: str) -> str:
    """The file, and the line on which a key stands."""
    begin = re.compile(rf"""\s*\[?\s*["']?{re.escape(key)}(?!\w)""")
    number = next((number for number, line in enumerate(text.splitlines(), 1) if begin.match(line)), 1)
    return f"{path}, line {number}"
