"""Finding out what a machine offers by trying it, each thing once."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from dataclasses import dataclass

from autograder import __version__
from autograder.assignment.definition import assignment_roots
from autograder.isolation.host.choice import Template, can_fork, new_template
from autograder.isolation.host.devices import cards
from autograder.isolation.host.errors import ProcessEnded, TemplateError
from autograder.isolation.host.probe import report_of, why_not
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import missing


@dataclass(frozen=True)
class Offer:
    """One line of the report."""

    good: bool | None  # true when it is as wished, False when grading cannot work, None when something is weaker
    what: str  # what was tried
    text: str  # what was found, and what it means


# what a layer is for, and what its absence means
_PURPOSE = {
    "user": "an unprivileged user in a user namespace of its own, with no capability",
    "PID": "no other process can be seen or signalled; all end with the first",
    "mount": "sees its interpreter, libraries and declared data read-only, a scratch folder in memory, no more",
    "network": "no network, not even loopback",
    "IPC": "no shared memory or message queue of others",
    "UTS": "no host name",
    "Landlock": "may open nothing else, even if it is seen; no TCP; no signal to others",
    "seccomp": "no system call that debugs, mounts, loads, traces, sets clocks or opens a socket to the outside",
}


def examine() -> list[Offer]:
    """All offers, in the order in which they are to be read."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    offers = [Offer(True, "autograder", f"{__version__} on {system}")]
    for framework in ("numpy", "tensorflow"):
        offers += _template(framework)
    known = sorted({path.parent.name for root in assignment_roots() for path in root.glob("*/assignment.toml")})
    offers.append(Offer(bool(known) or None, "assignments", ", ".join(known) or "none found; see README.md"))
    offers.append(_scratch())
    return offers


def _template(framework: str) -> list[Offer]:
    start = time.perf_counter()
    template = new_template(framework)
    try:
        versions = template.versions
    except TemplateError as error:
        return [Offer(False, framework, f"{error}; run pip install again")]
    seconds = time.perf_counter() - start
    shown = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "python")
    way = "forked for each submission" if can_fork() else "imported ahead for each submission"
    try:
        offers = [Offer(True, framework, f"{shown}; imported in {seconds:.1f} s, {way}")]
        return offers + (_sandbox(template) if framework == "numpy" else _devices(template))
    finally:
        template.close()


def _sandbox(template: Template) -> list[Offer]:
    try:
        report = report_of(template)
    except (ProcessEnded, TemplateError) as error:
        return [Offer(False, "student process", str(error))]
    absent = missing(report)
    level = "strict: every layer is in force" if not absent else f"no strict grading here: without {', '.join(absent)}"
    offers = [Offer(not absent or None, "sandbox", level)]
    for layer, purpose in _PURPOSE.items():
        reason = report.get(layer, "no report")
        offers.append(Offer(not reason or None, f"  {layer}", f"missing: {reason}" if reason else purpose))
    user = student_user()
    account = f"{user} (and up, one for each worker)" if user else "yours; start as root for users that own nothing"
    offers.append(Offer(user is not None or None, "  runs as user", account))
    return [*offers, Offer(True, "  memory", report.get("memory", "not bounded here"))]


def _devices(template: Template) -> list[Offer]:
    offers = []
    for card in cards():
        reason = why_not(template, f"gpu:{card.number}")
        found = f"{card.name}, {card.memory_mb} MB of memory, {card.used_mb} in use, driver {card.driver}"
        works = f"cannot be used: {reason}" if reason else "works"
        offers.append(Offer(not reason or None, f"gpu:{card.number}", f"{found}; {works}"))
    return offers or [Offer(None, "GPU", f"none: {why_not(template, 'gpu:0') or 'its driver does not answer'}")]


def _scratch() -> Offer:
    try:
        with tempfile.TemporaryFile():
            return Offer(True, "temporary files", tempfile.gettempdir())
    except OSError as error:
        return Offer(False, "temporary files", f"{error.strerror}; set TMPDIR to a folder that can be written to")
