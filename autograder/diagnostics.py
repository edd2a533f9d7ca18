"""Finding out what a machine offers by trying it, each thing once."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from dataclasses import dataclass

from autograder import __version__
from autograder.assignment import assignment_roots
from autograder.devices import why_not
from autograder.isolation.forking import TemplateError, new_scratch, student_user
from autograder.isolation.process import ProcessEnded
from autograder.isolation.settings import Settings
from autograder.isolation.templates import Template, can_fork, new_template


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Attributes:
        good: True when it is as wished, False when grading cannot work, None when something is weaker.
        what: What was tried.
        text: What was found, and what it means.
    """

    good: bool | None
    what: str
    text: str


_SOURCE = """
import os
def who():
    return [os.getuid() if hasattr(os, "getuid") else -1, os.getpid(), os.environ.get("HOME") == os.getcwd()]
"""


def examine() -> list[Finding]:
    """All findings, in the order in which they are to be read."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    findings = [Finding(True, "autograder", f"{__version__} on {system}")]
    for framework in ("numpy", "tensorflow"):
        findings += _template(framework)
    known = sorted({path.parent.name for root in assignment_roots() for path in root.glob("*/assignment.toml")})
    findings.append(Finding(bool(known) or None, "assignments", ", ".join(known) or "none found; see README.md"))
    findings.append(_scratch())
    return findings


def _template(framework: str) -> list[Finding]:
    start = time.perf_counter()
    template = new_template(framework)
    try:
        versions = template.versions
    except TemplateError as error:
        return [Finding(False, framework, f"{error}; run pip install again")]
    seconds = time.perf_counter() - start
    shown = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "python")
    way = "forked for each submission" if can_fork() else "imported ahead for each submission"
    try:
        findings = [Finding(True, framework, f"{shown}; imported in {seconds:.1f} s, {way}")]
        return findings + (_isolation(template) if framework == "numpy" else _devices(template))
    finally:
        template.close()


def _isolation(template: Template) -> list[Finding]:
    user = student_user()
    spawner = template.control()
    process = spawner.spawn(Settings(new_scratch(user), user=user))
    try:
        deadline = time.monotonic() + 30.0
        process.start(deadline)
        process.request("load", deadline, parts=[{"name": "doctor", "text": _SOURCE}], definitions_only=False)
        uid, pid, at_home = process.request("call", deadline, name="who", arguments=(), options={})["value"]
    except ProcessEnded as end:
        return [Finding(False, "student process", end.message)]
    finally:
        process.close()
    own = pid == 1
    namespaces = (
        "own process, mount and IPC namespaces" if own else "no namespaces here: process group and subreaper only"
    )
    if user is None:
        account = "the user who runs the grader (start as root for an unprivileged user of its own)"
    else:
        account = f"unprivileged user {uid}" if uid == user else "root: no unprivileged user could be taken"
    return [
        Finding(own or None, "process isolation", namespaces),
        Finding(uid == user or None, "user", account),
        Finding(bool(at_home), "scratch folder", "HOME and TMPDIR are private and removed afterwards"),
    ]


def _devices(template: Template) -> list[Finding]:
    reason = why_not(template, "gpu:0")
    return [Finding(True, "GPU", "gpu:0 works") if not reason else Finding(None, "GPU", f"none: {reason}")]


def _scratch() -> Finding:
    try:
        with tempfile.TemporaryFile():
            return Finding(True, "temporary files", tempfile.gettempdir())
    except OSError as error:
        return Finding(False, "temporary files", f"{error.strerror}; set TMPDIR to a folder that can be written to")
