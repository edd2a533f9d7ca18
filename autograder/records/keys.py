r"""The key under which a student's result is stored: text that SQLite can hold, a different one for each student.

A file name whose bytes are no UTF-8 is a string with lone surrogates, which SQLite refuses. Spelled `\udcff` it would
become the row of the student whose name is literally that, so such a key begins with words that say what it is.
"""

from __future__ import annotations

import re

_ESCAPED = "not UTF-8: "
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(\\))")


def key_of(student: str) -> str:
    r"""The key of a student.

    Example:

    >>> key_of("ada"), key_of("\udcff"), key_of("\\udcff")
    ('ada', 'not UTF-8: \\udcff', '\\udcff')
    """
    escaped = student.encode("utf-8", "backslashreplace").decode()
    if escaped == student and not student.startswith(_ESCAPED):
        return student
    return _ESCAPED + student.replace("\\", "\\\\").encode("utf-8", "backslashreplace").decode()


def student_of(key: str) -> str:
    r"""The student that a key was made of.

    Example:

    >>> student_of("not UTF-8: \\udcff") == "\udcff"
    True
    """
    if not key.startswith(_ESCAPED):
        return key
    return _ESCAPE.sub(lambda found: found[2] or chr(int(found[1], 16)), key[len(_ESCAPED) :])
