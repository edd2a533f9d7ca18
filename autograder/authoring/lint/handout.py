"""Looking at the hand-out, `README.md`: what students read first."""

from __future__ import annotations

from autograder.assignment.definition import Assignment
from autograder.authoring.lint.findings import Findings

HANDOUT = "README.md"
# what `autograder new` writes, to be replaced
PLACEHOLDERS = (
    "One sentence: what you build here, and of what.",
    "One paragraph: where the lecture uses it, and what goes wrong for who has not understood it.",
    "One thing, without its fix.",
    "2. Another one.",
    "3. And a third.",
)


def look_at_handout(assignment: Assignment, findings: Findings) -> None:
    """Warns where there is no hand-out, and where one still has sentences of the template."""
    path = assignment.folder / HANDOUT
    if not path.is_file():
        findings.warn(path, "there is no hand-out; write what students read first")
        return
    lines = enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
    found = [(number, text) for number, line in lines for text in PLACEHOLDERS if text in line]
    if found:
        number, text = found[0]
        others = f", as on line {', '.join(str(other) for other, _ in found[1:])}" if found[1:] else ""
        findings.warn(f"{path}:{number}", f"this is still the template's{others}: {text} Write your own")
