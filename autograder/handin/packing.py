"""What a student hands in, as one archive: the file under the name that is asked for, and what it imports there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.files import zipped
from autograder.handin.names import NOTEBOOK, SCRIPT
from autograder.handin.submissions import Submission
from autograder.text import one_line

# `import a, b.c as d` and `from a.b import c`, wherever they stand; the lines of a notebook need not be Python
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+(.+))", re.MULTILINE)
_MOST_HELPERS, _MOST_BYTES = 50, 1_000_000


@dataclass(frozen=True)
class Package:
    """What is handed in.

    Attributes:
        content: The bytes of the archive.
        files: The files in it, by their paths in it.
        main: The path of the script or notebook in it.
        left_out: Files beside it that it imports and that are too large or too many, as they are called.
    """

    content: bytes
    files: dict[str, bytes]
    main: str
    left_out: tuple[str, ...] = ()

    @property
    def helpers(self) -> list[str]:
        """The paths of the modules that it imports."""
        return [name for name in self.files if name != self.main]


def packed_for(path: Path, wanted: str) -> Package:
    """A script or a notebook with the modules beside it that it imports, themselves or through one another.

    Args:
        path: The file.
        wanted: The name that the assignment asks for, such as `04_tape_net.py`.

    Raises:
        UsageError: When it cannot be read.
    """
    reading = Submission(path.stem, path.resolve()).read()
    if reading.reason:
        raise UsageError(reading.reason)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{one_line(path.name)} cannot be read: {error.strerror}") from None
    is_notebook = ", cell " in reading.source.parts[0]["name"]
    main = Path(wanted).stem + (NOTEBOOK if is_notebook else SCRIPT)
    helpers, left_out = _helpers(path, reading.code)
    files = {main: data} | {name: content for name, content in helpers.items() if name != main}
    return Package(zipped(files, reading.modified or 0.0), files, main, left_out)


def imported(code: str) -> set[str]:
    """The first names of what a text imports.

    Example:

    >>> sorted(imported("import numpy as np, helpers\\nfrom nets.layers import Dense\\n%matplotlib inline"))
    ['helpers', 'nets', 'numpy']
    """
    found = set()
    for module, several in _IMPORT.findall(code):
        names = [module] if module else several.split("#")[0].split(",")
        found |= {word[0].split(".")[0] for name in names if (word := name.split())}
    return found


def _helpers(path: Path, code: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Modules beside a file that it imports, and those that are too large or too many."""
    folder, own = path.parent, path.resolve()
    found: dict[str, bytes] = {}
    left_out: list[str] = []
    waiting = [code]
    seen: set[str] = set()
    while waiting:
        for name in sorted(imported(waiting.pop()) - seen):
            seen.add(name)
            for module in _files_of(folder, name):
                place = module.relative_to(folder).as_posix()
                if module.resolve() == own:
                    continue
                if len(found) >= _MOST_HELPERS or module.stat().st_size > _MOST_BYTES:
                    left_out.append(place)
                    continue
                found[place] = module.read_bytes()
                waiting.append(found[place].decode("utf-8", "replace"))
    return dict(sorted(found.items())), tuple(left_out)


def _files_of(folder: Path, name: str) -> list[Path]:
    """The files of a module or a package in a folder."""
    package = folder / name
    if (package / "__init__.py").is_file():
        return [one for one in sorted(package.rglob("*.py")) if one.is_file()]
    module = folder / f"{name}{SCRIPT}"
    return [module] if module.is_file() else []
