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
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: expected UTF-8, received another encoding ({error}); save it as UTF-8") from None
    except (OSError, ValueError) as error:
        what, number = str(error), re.search(r" \(at line (\d+), column \d+\)", str(error))
        if number is None:
            raise UsageError(f"cannot read {path}: {what}; fix it there") from None
        line = text.splitlines()[int(number[1]) - 1 :][:1]
        told = f"{path}:{number[1]}: this is not TOML: {what.replace(number[0], '')}"
        raise UsageError(f"{told}; fix `{line[0].strip()}`" if line else f"{told}; fix it there") from None


def place_of(path: Path, text: str, key: str) -> str:
    """The file, and the line on which a key stands."""
    begin = re.compile(rf"""\s*\[?\s*["']?{re.escape(key)}(?!\w)""")
    number = next((number for number, line in enumerate(text.splitlines(), 1) if begin.match(line)), 1)
    return f"{path}:{number}"


def in_toml(value: Any) -> str:
    """A value as the author wrote it: `true` and not `True`.

    Example:

    >>> in_toml(True), in_toml("20"), in_toml(-5)
    ('true', "'20'", '-5')
    """
    return str(value).lower() if type(value) is bool else repr(value)
