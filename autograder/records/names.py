"""Files named after students: the same name on every system, and no two students in one file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from autograder.facts.result import Result
from autograder.text import one_line

# Windows opens a device for these, whatever follows the first dot; `index` is the report's class page.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|index)(\.|$)", re.IGNORECASE)
_LONGEST = 180  # bytes; file systems allow 255, and an extension and a temporary suffix must fit
# what a name ends in that got a hash: no plain name may look like one, or it would become another student's file
_HASHED = re.compile("-[0-9a-f]{16}$")


def file_name(student: str) -> str:
    """The student's name as a file name without extension, the same on every system.

    Letters (of any script), digits, `.`, `_` and `-` stay; everything else is percent-encoded, so that no
    name can climb out of its folder. A leading dot and the first letter of a reserved name are encoded too.
    A name that is too long, or that ends as if it had a hash, gets a hash of the student's exact name. So two
    names differ whenever the students do, on a file system that tells capitals apart; `file_names` serves the
    others.

    Example:

    >>> file_name("ada.lovelace")
    'ada.lovelace'
    >>> file_name("../../etc/passwd")
    '%2E.%2F..%2Fetc%2Fpasswd'
    """
    if not student:
        return f"unnamed-{_short_hash(student)}"
    first = 1 if student[0] == "." or _RESERVED.match(_folded(student)) else 0
    name = _percent(student[:first]) + "".join(
        character if character.isalnum() or character in "._-" else _percent(character) for character in student[first:]
    )
    if len(name.encode()) > _LONGEST or _HASHED.search(_folded(name)):
        return _with_hash(name, student)
    return name


def file_names(students: Iterable[str]) -> dict[str, str]:
    """File names for a whole class, different even where capitals and accents' spellings do not count.

    macOS and Windows keep `Ann` and `ann` in one file. Every member of such a group gets a hash of the student's
    exact name, so that nobody's name depends on who sorts first. A name is plain only if it is alone in its group
    and does not end like one with a hash: no name can be chosen to become another student's.

    Example:

    >>> file_names(["ann", "bob"])
    {'ann': 'ann', 'bob': 'bob'}
    >>> file_names(["ann", "Ann"])["Ann"]
    'Ann-17239b6e25011033'
    """
    names = {student: file_name(student) for student in students}
    shared = Counter(_folded(name) for name in names.values())
    return {
        student: _with_hash(name, student) if shared[_folded(name)] > 1 else name for student, name in names.items()
    }


def names_in(results: Iterable[Result]) -> dict[str, str]:
    """How each student is called among these, by the row's name, which is added only where two have one name.

    Example:

    >>> class_list = {"a": "Ada", "b": "Bo", "c": "bo"}
    >>> names_in(Result(row, "03", "graded", name=name) for row, name in class_list.items())
    {'a': 'Ada', 'b': 'Bo (b)', 'c': 'bo (c)'}
    """
    shown = {row.student: (row.name, row.shown_name) for row in results}
    alone = {student: name if whole != student else student for student, (name, whole) in shown.items()}
    shared = Counter(_folded(one_line(name)) for name in alone.values())
    return {
        student: shown[student][1] if shared[_folded(one_line(name))] > 1 else name for student, name in alone.items()
    }


def _percent(characters: str) -> str:
    return "".join(f"%{byte:02X}" for byte in characters.encode("utf-8", "surrogatepass"))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _with_hash(name: str, student: str) -> str:
    ending = f"-{_short_hash(student)}"
    if name.endswith(ending):
        return name
    return name.encode()[: _LONGEST - len(ending)].decode(errors="ignore") + ending


def _short_hash(student: str) -> str:
    return hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:16]
