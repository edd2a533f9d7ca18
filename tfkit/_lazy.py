"""Names that are loaded when they are first used, and a suggestion for one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lazy_loader


def attach(package: str, file: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return `__getattr__`, `__dir__` and `__all__` of a package, from the list of names in its `.pyi` file."""
    load, listed, names = lazy_loader.attach_stub(package, file)

    def __getattr__(name: str) -> Any:
        if name in names:
            return load(name)
        hint = "" if name.startswith("_") else _hint(package, Path(file).parent, name, names)
        raise AttributeError(f"{package} has no {name!r}{hint}")

    return __getattr__, listed, names


def _hint(package: str, folder: Path, name: str, names: list[str]) -> str:
    """What was perhaps meant: a name spelled alike, or the same name in one of the package's folders."""
    from difflib import get_close_matches  # here and not above: who makes no mistake need not wait for it

    known = {one.lower(): f"{package}.{one}" for one in names}
    for path in folder.glob("[a-z]*/__init__.pyi"):
        # read, not imported: an assignment may have closed the folder
        inside = re.findall(r"import (\w+) as", path.read_text(encoding="utf-8"))
        known |= {one.lower(): f"{package}.{path.parent.name}.{one}" for one in inside if one not in names}
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.7)
    return f"; did you mean {known[near[0]]}?" if near else f"; dir({package}) lists what there is"
