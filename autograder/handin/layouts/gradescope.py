"""Gradescope: `submission_123/` for each hand-in, and `submission_metadata.yml`, which says whose it is."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

import yaml

from autograder.handin.layouts.layout import Found, Layout, Piece, time_of
from autograder.handin.layouts.tree import HERE, Tree
from autograder.handin.students import Student

_METADATA = "submission_metadata.yml"
# with all that Gradescope's own tests printed for some hundred students
_MOST_BYTES = 64 * 2**20
# read whole where the short way fails: some seconds
_MOST_WHOLE = 2**18
_FOLDER = re.compile(r"submission_\d+")


def explains(tree: Tree) -> int:
    """The folders that are called as Gradescope calls them, and its record of them."""
    count = sum(_FOLDER.fullmatch(name) is not None for name in tree.folders())
    return count + (count > 0 and _METADATA in tree.names())


def read(tree: Tree, wanted: str) -> Found:
    """Whose a folder is, with whom, and when it was handed in, by the metadata."""
    records = _records(tree.text(PurePosixPath(_METADATA), _MOST_BYTES))
    pieces = []
    for name in tree.names():
        record = records.get(name, {})
        if not record and not _FOLDER.fullmatch(name):
            continue
        submitters = record.get(":submitters")
        listed = submitters if isinstance(submitters, list) else []
        students = [student for one in listed if isinstance(one, dict) and (student := _student(one)).name]
        first, *others = students or [Student(name)]
        time = time_of(str(record.get(":created_at", "")))
        order = "" if time is None else time.isoformat()
        pieces.append(Piece(HERE / name, first, attempt=order, submitted=time, others=tuple(others)))
    found = Found(pieces, {_METADATA})
    if not records:
        found.aside[_METADATA] = "it is missing or cannot be read, so nobody's name is known; download the class again"
    return found


def _student(record: dict[str, Any]) -> Student:
    name, sid, email = (_text(record.get(key)) for key in (":name", ":sid", ":email"))
    return Student(name or email or sid, sid or email, email)


def _text(value: Any) -> str:
    # a null, as this reader reads it
    return value.strip() if isinstance(value, str) and value not in ("~", "null") else ""


def _records(text: str) -> dict[str, dict[str, Any]]:
    try:
        loaded = _loaded(_of_interest(text))
        if not loaded and len(text) <= _MOST_WHOLE:
            loaded = _loaded(text)
    except RecursionError:
        return {}
    return {name: record for name, record in loaded.items() if isinstance(record, dict)}


def _loaded(text: str) -> dict[str, Any]:
    try:
        # texts, lists and mappings alone: no tag means anything, `0123` stays what it is, and no date can be wrong
        loaded = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _of_interest(text: str) -> str:
    """The lines of submitters and times. Megabytes of what tests printed are not parsed, and cannot say who is who.

    The platform's writer indents whatever belongs to a key by more than the key, texts of several lines too.
    """
    kept, keep, indent = [], True, 0
    for line in text.splitlines():
        bare = line.lstrip(" ")
        depth = len(line) - len(bare)
        if bare and depth == 0:
            keep = True
        elif bare and not bare.startswith("- "):
            indent = indent or depth
            if depth <= indent:
                keep = bare.startswith((":submitters:", ":created_at:"))
        if keep:
            kept.append(line)
    return "\n".join(kept)


GRADESCOPE = Layout("gradescope", "Gradescope export", "submission_123/net.py", explains, read)
