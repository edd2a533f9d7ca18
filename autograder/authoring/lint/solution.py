"""Looking at `solution.py` before anything of it runs: markers, headings, imports."""

from __future__ import annotations

import ast
import importlib.util
import re
from dataclasses import dataclass, field

from autograder.assignment.definition import Assignment
from autograder.authoring.lint.findings import Findings
from autograder.authoring.regions import Region, regions_of
from autograder.isolation.frameworks import AUTODIFF

_HEADING = re.compile(r"^# ## (\d\d\.\d{1,3}) · .*?(?: \((\d+(?:\.\d+)?) points?\))?$")


@dataclass(frozen=True)
class Outline:
    """What the solution says of its questions.

    Attributes:
        text: Its text.
        functions: Its functions and classes at top level, by name: the line of each.
        regions: Its answers.
        headings: The line of each question's heading, and the points that it names, or None.
        is_whole: Whether all markers are in place, so that it is known which questions there are.
    """

    text: str = ""
    functions: dict[str, int] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    headings: dict[str, tuple[int, float | None]] = field(default_factory=dict)
    is_whole: bool = True

    @property
    def asked(self) -> dict[str, list[str]]:
        """The functions and classes that each question asks for."""
        tree = ast.parse(self.text)
        found: dict[str, list[str]] = {one.id: [] for one in self.regions if one.id}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for one in self.regions:
                    if one.id and node.lineno <= one.begin <= (node.end_lineno or 0) and node.name not in found[one.id]:
                        found[one.id].append(node.name)
        return found

    def parameters(self, name: str) -> list[str]:
        """Names of a function's parameters."""
        for node in ast.parse(self.text).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                return [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        return []

    def is_to_return_none(self, name: str) -> bool:
        """Whether a function says that it returns None: `def name(…) -> None`."""
        return any(
            isinstance(node.returns, ast.Constant) and node.returns.value is None
            for node in ast.parse(self.text).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
        )

    def line_of(self, id: str) -> int:
        """The line on which the answer to a question begins."""
        return next((one.begin for one in self.regions if one.id == id), 1)


def outline_of(assignment: Assignment, findings: Findings) -> Outline | None:
    """Reads the solution; None where it is no Python, or not there."""
    path = assignment.solution
    try:
        text = path.read_text("utf-8")
        tree = ast.parse(text)
    except FileNotFoundError:
        findings.wrong(path, "there is no such file, and all others are built from it; write one")
        return None
    except UnicodeDecodeError as error:
        findings.wrong(path, f"expected UTF-8, received another encoding ({error}); save it as UTF-8")
        return None
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        code = (text.splitlines()[line - 1 : line] or [""])[0].strip()
        findings.wrong(f"{path}:{line}", f"this is not Python: {getattr(error, 'msg', error)}; fix `{code}`")
        return None
    regions, wrong = regions_of(text, str(path))
    findings.mistakes += wrong
    _look_at_imports(assignment, tree, findings)
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    functions = {node.name: node.lineno for node in tree.body if isinstance(node, kinds)}
    headings = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADING.match(line):
            headings[match[1]] = number, float(match[2]) if match[2] else None
    return Outline(text, functions, tuple(regions), headings, not wrong)


def _look_at_imports(assignment: Assignment, tree: ast.Module, findings: Findings) -> None:
    """Modules that are imported at top level and cannot be had."""
    for node in tree.body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            root, place = name.partition(".")[0], f"{assignment.solution}:{node.lineno}"
            if assignment.framework == "numpy" and root in AUTODIFF:
                findings.wrong(
                    place, f"{name} cannot be imported where framework = 'numpy'; write framework = 'tensorflow'"
                )
            elif name in assignment.without:
                module = name.removeprefix("tfkit.")
                findings.wrong(
                    place, f"{name} is closed to submissions; open it in assignment.toml: tfkit = [{module!r}]"
                )
            elif importlib.util.find_spec(root) is None:
                findings.wrong(place, f"there is no module {name} here; install it, or correct its name")
