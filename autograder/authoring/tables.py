"""Tables of submissions: a base that is right, and for each case the few lines in which it differs from the base.

A table is a text. What stands before its first section says what the table is about. A section begins with `===`, the
question and a name, and gives the base, which is right. A case begins with `---`:

    === 03.4 mse_loss
    def mse_loss(Y_hat, Y):
        return float(np.sum((Y_hat - Y) ** 2) / len(Y))

    --- mse_half: half of the mean squared error.
    cause: factor-half
    - return float(np.sum((Y_hat - Y) ** 2) / len(Y))
    + return float(np.sum((Y_hat - Y) ** 2) / (2 * len(Y)))

After the name and a sentence come facts, `key: value`, and then the patch. Facts below the heading of a section hold
for all of its cases that do not say otherwise. Lines with a minus stand in the base, one after the other, in one place
only; the lines with a plus take their place. To insert a line, replace its neighbour by both. Where lines are only
removed, a blank line separates one place from the next. How far a patch is indented as a whole does not matter. A case
without signs gives functions and classes whole: each replaces the one of its name in the
base. A case with `like: another` changes that case, which stands above it, instead of the base.

Cases that need a file of their own say the same in its docstring: `name: a sentence`, and facts below it.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError

Hunk = tuple[list[str], list[str]]


# a docstring at the beginning of a file, which may be broken below it
_DOCSTRING = re.compile(r"(?:\s|#.*\n)*[rR]?(\"{3}|'{3})(.*?)\1", re.DOTALL)


class TableError(UsageError):
    """A table that cannot be read: names the table, its line, the case and the patch."""


@dataclass(frozen=True)
class _Place:
    """Where a case stands: its file, the line of its name, its name, and its text from there on."""

    path: Path
    line: int
    name: str
    text: str

    def error(self, told: str, written: str = "") -> TableError:
        """What is wrong with the case, at the first line that holds what is written, or at its name."""
        lines = enumerate(self.text.splitlines(), self.line)
        line = next((number for number, one in lines if number > self.line and written and written in one), self.line)
        return TableError(f"{self.path}:{line}: {self.name}: {told}")


@dataclass(frozen=True)
class Case:
    """One submission, or the part of it that a table is about.

    Attributes:
        name: What a test's id shows.
        sentence: What a person wrote about it.
        question: The question that its section names, such as `03.5`; empty for one that names none.
        facts: What stands below the sentence: key to value.
        code: The base with the patch applied.
        line: The line of its name in the table; 1 of a file.
    """

    name: str
    sentence: str
    question: str
    facts: dict[str, str]
    code: str
    line: int = 1

    @property
    def causes(self) -> list[str]:
        """The kinds of mistake that a person found true of it."""
        return self.facts.get("cause", "").replace(",", " ").split()

    @property
    def text(self) -> str:
        """What is handed in: the code below the sentence."""
        return f'"""{self.sentence}"""\n\n\n{self.code}'


@dataclass(frozen=True)
class Section:
    """A base and its cases.

    Attributes:
        question: The question that it is about; empty for none.
        name: What its heading says.
        base: A right answer.
        cases: Wrong ones.
        line: The line of its heading.
    """

    question: str
    name: str
    base: str
    cases: tuple[Case, ...]
    line: int = 1


def read_table(path: Path) -> list[Case]:
    """Reads the cases of a table, in order.

    Example:
        >>> read_table(Path("tests/mistakes/03_numpy_net.txt"))[0].name
        'sigmoid_both_branches'
    """
    return [case for section in read_sections(path) for case in section.cases]


def read_sections(path: Path) -> list[Section]:
    """Reads a table.

    Raises:
        TableError: When a patch does not fit its base, or two cases have one name.
    """
    sections: list[Section] = []
    codes: dict[str, str] = {}
    for line, part in _parts(path.read_text("utf-8"), "=== ")[1:]:
        (_, first), *rest = _parts(part, "--- ", line)
        heading, base = _split(first)
        shared, base = _facts(base)
        question, _, name = heading.rpartition(" ") if re.match(r"\d+\.\d+ \S+$", heading) else ("", "", heading)
        cases = []
        for begin, text in rest:
            place = _Place(path, begin, text.partition("\n")[0].partition(":")[0].strip(), text)
            cases.append(case := _case(text, question, shared, base, codes, place))
            if case.name in codes:
                raise place.error("two cases have this name; rename one")
            codes[case.name] = case.code
        sections.append(Section(question, name, base + "\n", tuple(cases), line))
    return sections


def read_files(folder: Path) -> list[Case]:
    """Cases that are files of their own: those that were written without knowing any table."""
    return [case_of(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))]


def case_of(name: str, text: str) -> Case:
    r"""A file as a case; one whose docstring names no question has none. What is no Python is a case all the same.

    Example:

    >>> text = "half: a half too much.\nquestion: 03.4\ncause: half"
    >>> case_of("half", f"{chr(34) * 3}{text}{chr(34) * 3}").facts
    {'cause': 'half'}
    """
    found = _DOCSTRING.match(text)
    title, _, rest = (found[2] if found else "").strip().partition("\n")
    facts, _ = _facts("\n".join(line.strip() for line in rest.strip().splitlines()))
    return Case(name, title.partition(": ")[2] or title, facts.pop("question", ""), facts, text)


def _case(text: str, question: str, shared: dict[str, str], base: str, codes: dict[str, str], place: _Place) -> Case:
    title, rest = _split(text)
    name, _, sentence = title.partition(": ")
    facts, patch = _facts(rest)
    if not sentence or not patch:
        raise place.error("expected `--- name: sentence`, facts, and a patch")
    if (like := facts.pop("like", "")) and like not in codes:
        raise place.error(f"no case above has the name {like}", f"like: {like}")
    try:
        code = _changed(codes[like] if like else base, patch, place)
    except SyntaxError as error:
        line = (error.text or "").strip()
        raise place.error(f"this is not Python ({error.msg}: {line}); fix it there", line) from None
    return Case(name, sentence, question, shared | facts, code, place.line)


def _parts(text: str, sign: str, line: int = 1) -> list[tuple[int, str]]:
    """What stands between signs, with the line on which each part begins; the text's first is given."""
    found = []
    for part in re.split(f"^{re.escape(sign)}", text, flags=re.M):
        found.append((line, part))
        line += part.count("\n")
    return found


def _split(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    return first.strip(), rest.strip("\n")


def _facts(text: str) -> tuple[dict[str, str], str]:
    facts: dict[str, str] = {}
    lines = text.splitlines()
    while lines and (fact := re.fullmatch(r"([a-z]+): (.*)", lines[0])):
        facts[fact[1]] = fact[2].strip()
        del lines[0]
    return facts, "\n".join(lines)


def _changed(base: str, patch: str, where: _Place) -> str:
    signed = [line[:1] in ("-", "+") for line in patch.splitlines() if line.strip()]
    if all(signed):
        return _patched(base, _hunks(patch), where)
    if any(signed):
        first = patch.splitlines()[0]
        raise where.error(f"some lines of the patch have a sign and some have none: {first}", first)
    return _replaced(base, patch, where)


def _hunks(patch: str) -> list[Hunk]:
    """Old lines and new lines of each place."""
    hunks: list[Hunk] = [([], [])]
    for line in patch.splitlines():
        has_new = bool(hunks[-1][1])
        if not line.strip() or (line[0] == "-" and has_new):
            hunks.append(([], []))
        if line.strip():
            hunks[-1][line[0] == "+"].append(line[1:])
    return [hunk for hunk in hunks if hunk != ([], [])]


def _patched(base: str, hunks: list[Hunk], where: _Place) -> str:
    lines = base.splitlines()
    places: list[tuple[int, Hunk]] = []
    for old, new in hunks:
        first = (old or new)[0].strip()
        shown = f"`{first}`" + (f" and {len(old) - 1} more" if len(old) > 1 else "")
        if not old:
            raise where.error(f"a patch begins with a line of the base, received {shown}", first)
        starts = [start for start in range(len(lines)) if _flush(lines[start : start + len(old)]) == _flush(old)]
        if len(starts) != 1:
            how = f"{len(starts)} times" if starts else "nowhere"
            raise where.error(f"expected once in the base, found {how}: {shown}", first)
        places.append((starts[0], (old, new)))
    for start, (old, new) in sorted(places, reverse=True, key=lambda place: place[0]):
        further = _indent(lines[start : start + len(old)]) - _indent(old)
        if any(line.strip() and _indent([line]) + further < 0 for line in new):
            raise where.error(f"indented less than the base allows: `{new[0].strip()}`", new[0].strip())
        lines[start : start + len(old)] = [_moved(line, further) for line in new]
    return "\n".join(lines).strip("\n") + "\n"


def _replaced(base: str, patch: str, where: _Place) -> str:
    """The base with what the patch has a name for replaced; what the base lacks goes before the next of these."""
    code = base
    waiting: list[str] = []
    for node in ast.parse(patch).body:
        waiting.append(_source(patch, node))
        named = [other for other in ast.parse(code).body if _name(other) and _name(other) == _name(node)]
        if named:
            code = code.replace(_source(code, named[0]), "\n\n\n".join(waiting), 1)
            waiting = []
    if waiting:
        first = waiting[-1].splitlines()[0]
        raise where.error(f"the base has nothing of this name: `{first}`", first)
    return code.strip("\n") + "\n"


def _name(node: ast.stmt) -> str:
    return node.name if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ""


def _source(code: str, node: ast.stmt) -> str:
    lines = code.splitlines()
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
    return "\n".join(lines[first - 1 : node.end_lineno])


def _indent(lines: list[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)


def _flush(lines: list[str]) -> list[str]:
    return [line[_indent(lines) :].rstrip() for line in lines]


def _moved(line: str, further: int) -> str:
    return (" " * further + line if further >= 0 else line[-further:]) if line.strip() else ""
