"""Names of what is handed in: which endings are read, what does not count, and which of several files is meant."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from autograder.handin.errors import Unreadable
from autograder.text import one_line, shortened

SCRIPT, NOTEBOOK = ".py", ".ipynb"
# files in one submission, whether it is a folder or an archive
MAX_ENTRIES = 1000
# what browsers, mail programs and platforms put behind a name that was there before: `hw.py (1)`, `hw.tar-1.gz`
_COUNTED = r"(?:[ _]?\(\d+\)|-\d+)?"
# … and the endings that they add, since they do not know ours: `hw.py.txt`, `hw.ipynb.json`
_SOURCE = re.compile(rf"\.(py|ipynb)(?:\.(?:py|ipynb|txt|json))*{_COUNTED}\Z", re.I)
_ARCHIVE = re.compile(
    rf"\.(?:zip|tar|t?gz|t?bz2|tbz|t?xz|tar{_COUNTED}\.(?:gz|bz2|xz)|(?P<foreign>7z|rar|(?:tar{_COUNTED}\.)?zst))"
    rf"{_COUNTED}\Z",
    re.I,
)
# what systems and tools leave in archives, and names that Python would run by itself
_RUBBISH = {"__MACOSX", "__pycache__", "venv", "site-packages", "node_modules", "Thumbs.db", "desktop.ini"}
_RUBBISH |= {"sitecustomize.py", "usercustomize.py", "__init__.py"}
# what systems and tools hide in folders; another hidden file may be somebody's
TOOLS_HIDE = {".DS_Store", ".git", ".github", ".gitignore", ".gitattributes", ".idea", ".ipynb_checkpoints", ".vscode"}
TOOLS_HIDE |= {".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".Trash", ".localized"}
# what lies beside an answer, and is one only where nothing else is there
_BESIDE = re.compile(r"(?:test_.*|.*_test|tests|conftest|setup|starter|.*-checkpoint)", re.I)
# what people and programs add to the name that was asked for
_ADDED = re.compile(r"(?:_*(?:\(\d+\)|copy|kopie|final|fixed|new|done|v\d+)|_+\d{1,2})*")
_COPY_OF = re.compile(r"^(?:copy_of|kopie_von|copia_de|copie_de)_")


def source_ending(name: str) -> str:
    """The ending of a script or a notebook, which others may hide; "" for anything else.

    Example:

    >>> [source_ending(name) for name in ("hw.PY", "hw.py.txt", "hw.ipynb (1)", "hw.txt")]
    ['.py', '.py', '.ipynb', '']
    """
    match = _SOURCE.search(name)
    return f".{match[1].lower()}" if match else ""


def source_stem(name: str) -> str:
    """A file's name without the ending of a script or a notebook.

    Example:

    >>> source_stem("hw.py.txt"), source_stem("notes.txt")
    ('hw', 'notes.txt')
    """
    return _SOURCE.sub("", name)


def is_archive(name: str) -> bool:
    """Whether a file of this name is read as an archive."""
    match = _ARCHIVE.search(name)
    return match is not None and match["foreign"] is None


def stem_of(name: str) -> str:
    """A file's name without the ending of an archive, be it one that can be read or not.

    Example:

    >>> stem_of("ann.tar.gz"), stem_of("doe_1_2_hw.tar-1.gz"), stem_of("ann.rar"), stem_of("ann.py")
    ('ann', 'doe_1_2_hw', 'ann', 'ann.py')
    """
    return _ARCHIVE.sub("", name)


def is_rubbish(path: str) -> bool:
    """Whether a file is one that systems and tools leave behind, or that Python would run by itself.

    Example:

    >>> is_rubbish("__MACOSX/answer.py"), is_rubbish("homework/._answer.py"), is_rubbish("homework/answer.py")
    (True, True, False)
    """
    parts = PurePosixPath(path).parts
    return not parts or any(part.startswith(".") or part in _RUBBISH for part in parts)


def is_beside(path: str) -> bool:
    """Whether a file lies beside an answer by its name, such as `test_net.py`."""
    return _BESIDE.fullmatch(_stem(path)) is not None


def chosen(names: list[str], wanted: str, where: str) -> str:
    """The one candidate, or the one that is called as the assignment asks: `wanted`, such as `03_numpy_net.py`.

    Example:

    >>> chosen(["03_net (1).ipynb", "helpers.py"], "03_net.py", "folder")
    '03_net (1).ipynb'
    """
    answers = [name for name in names if not is_beside(name)] or names
    exact = [name for name in names if _stem(name).lower() == _stem(wanted).lower()]
    alike = [name for name in answers if _is_alike(name, wanted)]
    for found in (names, exact, answers, alike):
        if len({_stem(name).lower() for name in found}) == 1:
            # a script and a notebook, side by side
            found = [name for name in found if source_ending(name) == source_ending(wanted)] or found
        if len(found) == 1:
            return found[0]
    hint = f", or one called {wanted}" if wanted else ""
    listed = ", ".join(one_line(name) for name in names)
    raise Unreadable(shortened(f"expected one .py or .ipynb in the {where}{hint}, found {len(names)}: {listed}", 300))


def _stem(path: str) -> str:
    # systems write one letter in two ways
    return unicodedata.normalize("NFC", source_stem(PurePosixPath(path).name))


def _is_alike(path: str, wanted: str) -> bool:
    """Whether a name is the one that was asked for and what people and programs add: `Copy of 03 Net_final (2).py`."""
    name, asked = (re.sub("[ -]", "_", _stem(one)).lower() for one in (path, wanted))
    name = _COPY_OF.sub("", name)
    return bool(asked) and name.startswith(asked) and _ADDED.fullmatch(name, len(asked)) is not None
