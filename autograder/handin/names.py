"""Names of what is handed in: which endings are read, what does not count, and which of several files is meant."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from autograder.handin.sources import Unreadable
from autograder.text import one_line, shortened

SUFFIXES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
# known, and not read: their decoders are no part of Python
FOREIGN = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
# files in one submission, whether it is a folder or an archive
MAX_ENTRIES = 1000
# what systems and tools leave in archives, and names that Python or pytest would run by themselves
_RUBBISH = {"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git", ".venv", "venv", "site-packages"}
_RUBBISH |= {".idea", ".vscode", "Thumbs.db"}
_RUBBISH |= {"conftest.py", "sitecustomize.py", "usercustomize.py", "__init__.py", "setup.py"}


def is_archive(name: str) -> bool:
    """Whether a file of this name is read as an archive."""
    return name.lower().endswith(ARCHIVES)


def stem_of(name: str) -> str:
    """A file's name without the ending of an archive.

    Example:

    >>> stem_of("ann.tar.gz")
    'ann'
    """
    for suffix in sorted((*ARCHIVES, *FOREIGN), key=len, reverse=True):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def is_rubbish(path: str) -> bool:
    """Whether a file is one that systems and tools leave behind, or that Python would run by itself.

    Example:

    >>> is_rubbish("__MACOSX/answer.py"), is_rubbish("homework/._answer.py"), is_rubbish("homework/answer.py")
    (True, True, False)
    """
    parts = PurePosixPath(path).parts
    return not parts or parts[-1].startswith(".") or any(part in _RUBBISH for part in parts)


def chosen(names: list[str], wanted: str, where: str) -> str:
    """The one candidate, or the one that is called as the assignment asks."""
    if len(names) == 1:
        return names[0]
    stem = Path(wanted).stem.lower()
    called = [name for name in names if PurePosixPath(name).stem.lower() == stem]
    if len(called) == 1:
        return called[0]
    hint = f", or one called {wanted}" if wanted else ""
    listed = ", ".join(one_line(name) for name in names)
    raise Unreadable(shortened(f"expected one .py or .ipynb in the {where}{hint}, found {len(names)}: {listed}", 300))
