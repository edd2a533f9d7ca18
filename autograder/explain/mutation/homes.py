"""The question that a mistake belongs to: the one whose solution has the line."""

from __future__ import annotations

import re

_BEGIN = re.compile(r"\s*# BEGIN SOLUTION(?: (?P<id>\S+))?\s*$")
_END = "# END SOLUTION"


def homes_of(solution: str) -> dict[int, str]:
    """The question of each line between `# BEGIN SOLUTION 03.5` and `# END SOLUTION`; others have none.

    Example:

    >>> homes_of("def f(x):\\n    # BEGIN SOLUTION 01.1\\n    return 2 * x\\n    # END SOLUTION")
    {3: '01.1'}
    """
    found, id = {}, ""
    for number, line in enumerate(solution.splitlines(), 1):
        if begin := _BEGIN.match(line):
            id = begin["id"] or ""
        elif line.strip() == _END:
            id = ""
        elif id:
            found[number] = id
    return found
