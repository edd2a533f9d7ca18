"""The answers in a solution: what stands between `# BEGIN SOLUTION 03.4` and `# END SOLUTION`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEGIN = re.compile(r"^(?P<indent>\s*)# BEGIN SOLUTION(?P<id> \S+)?\s*$")
_END = re.compile(r"^\s*# END SOLUTION\s*$")
# a marker that was meant
_ALIKE = re.compile(r"^\s*#\s*(BEGIN|END)[ _-]*SOL\w*.{0,20}$", re.IGNORECASE)
_FUNCTION = re.compile(r"^(?:(?:async )?def|class) (\w+)")
_ID = re.compile(r"\b\d\d\.\d{1,3}\b")


@dataclass(frozen=True)
class Region:
    """An answer.

    Attributes:
        id: The question's id; "" of helpers at the left margin.
        begin: The line of `# BEGIN SOLUTION`, from 1.
        end: The line of `# END SOLUTION`.
        indent: What stands in front of the markers.
        function: The function or class at the left margin that it is in, or the last one above it.
    """

    id: str
    begin: int
    end: int
    indent: str
    function: str


def regions_of(solution: str, name: str) -> tuple[list[Region], list[str]]:
    """The answers, and a line for each marker that is out of place.

    Args:
        solution: The text of the solution.
        name: Its file, as messages name it.

    Example:

    >>> text = "def half(x):\\n    # BEGIN SOLUTION 01.1\\n    return x / 2\\n    # END SOLUTION\\n"
    >>> regions_of(text, "solution.py")
    ([Region(id='01.1', begin=2, end=4, indent='    ', function='half')], [])
    """
    found: list[Region] = []
    wrong: list[str] = []
    example = next(iter(_ID.findall(solution)), "03.4")
    begun, function, lines = 0, "", solution.splitlines()
    for number, line in enumerate(lines, 1):
        begin, end = _BEGIN.match(line), _END.match(line)
        place = f"{name}:{number}"
        if begin:
            if begun:
                wrong.append(f"{place}: {line.strip()} without its partner: line {begun} begins one that has not ended")
            if begin["indent"] and not begin["id"]:
                wrong.append(f"{place}: expected an id, such as # BEGIN SOLUTION {example}")
            begun = number
        elif end and begun:
            opened = _BEGIN.match(lines[begun - 1])
            if opened is not None:  # else it is a marker that was meant, and is told
                found.append(Region((opened["id"] or "").strip(), begun, number, opened["indent"], function))
            if not any(one.strip() and not one.strip().startswith("#") for one in lines[begun : number - 1]):
                wrong.append(f"{name}:{begun}: nothing stands between {lines[begun - 1].strip()} and # END SOLUTION")
            begun = 0
        elif end:
            wrong.append(f"{place}: # END SOLUTION without its partner: no # BEGIN SOLUTION {example} stands above it")
        elif meant := _ALIKE.match(line):
            begun = number if meant[1].upper() == "BEGIN" else 0
            wrong.append(f"{place}: expected # BEGIN SOLUTION {example} or # END SOLUTION, received `{line.strip()}`")
        elif not begun and (match := _FUNCTION.match(line)):
            # one inside an answer is the answer's own
            function = match[1]
    if begun:
        wrong.append(f"{name}:{begun}: {lines[begun - 1].strip()} without # END SOLUTION")
    return found, wrong
