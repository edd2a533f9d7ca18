"""The question that a mistake belongs to: the one whose solution has the line."""

from __future__ import annotations

import ast
import re

_BEGIN = re.compile(r"\s*# BEGIN SOLUTION(?: (?P<id>\S+))?\s*$")
_END = "# END SOLUTION"


def homes_of(solution: str) -> dict[int, str]:
    """The question of each line between `# BEGIN SOLUTION 03.5` and `# END SOLUTION`, and of the function around it.

    Example:

    >>> homes_of("def f(x):\\n    # BEGIN SOLUTION 01.1\\n    return 2 * x\\n    # END SOLUTION")
    {3: '01.1', 1: '01.1', 2: '01.1'}
    """
    found, id = {}, ""
    for number, line in enumerate(solution.splitlines(), 1):
        if begin := _BEGIN.match(line):
            id = begin["id"] or ""
        elif line.strip() == _END:
            id = ""
        elif id:
            found[number] = id
    for node in ast.parse(solution).body:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        own = {found[line] for line in lines if line in found}
        # a mistake may be counted from the top of a function, such as one in what it returns in several places
        if isinstance(node, ast.FunctionDef) and len(own) == 1:
            found |= dict.fromkeys([line for line in lines if line not in found], *own)
    return found
