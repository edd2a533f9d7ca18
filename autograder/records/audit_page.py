"""An audit as a page: a file that stands alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.explain.audit import Audit
from autograder.files import write_atomic
from autograder.records.report import page_environment, page_source


def write_audit(audit: Audit, assignment: Assignment, path: Path) -> Path:
    """Writes the page: a file that stands alone."""
    page = page_environment().get_template("audit.html.j2")
    text = page.render(
        title=assignment.title,
        assignment=assignment.name,
        audit=audit,
        generated=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z"),
        generator="",
        style=page_source("report.css"),
        script_source="",
    )
    return write_atomic(path, text)
