"""An audit as a page: a file that stands alone."""

from __future__ import annotations

from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.explain.audit import Audit
from autograder.files import write_atomic
from autograder.records.report import single_page


def write_audit(audit: Audit, assignment: Assignment, path: Path) -> Path:
    """Writes the page: a file that stands alone."""
    return write_atomic(path, single_page("audit.html.j2", assignment.title, assignment=assignment.name, audit=audit))
