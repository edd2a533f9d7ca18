"""Choosing a template: forked where the platform can, imported ahead where it cannot."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass

from autograder.isolation.host.forking import Control, ForkingTemplate
from autograder.isolation.host.spare import SpareTemplate

Template = ForkingTemplate | SpareTemplate


def can_fork() -> bool:
    """Whether student processes are forked; `AUTOGRADER_FORK=0` says no, for trying the other way.

    macOS has fork, but its own libraries may end a process that uses them after one.
    """
    return sys.platform == "linux" and os.environ.get("AUTOGRADER_FORK", "1") != "0"


def new_template(framework: str, warm: bool = False) -> Template:
    """Starts a template; it imports in the background."""
    return ForkingTemplate(framework, warm) if can_fork() else SpareTemplate(framework, warm)


@dataclass(frozen=True)
class Attachment:
    """What a worker process needs to use its parent's template."""

    connection: socket.socket | None  # a line to a template that forks, or None: the worker makes a template of its own
    versions: dict[str, str]  # versions of the libraries in it


def attach(template: Template) -> Attachment:
    """A line to a template that can be sent to a worker process as it is started."""
    if isinstance(template, ForkingTemplate):
        return Attachment(template.new_line(), template.versions)
    return Attachment(None, template.versions)


def spawner_of(attachment: Attachment, framework: str) -> Control | SpareTemplate:
    """In the worker process: where its student processes come from."""
    return Control(attachment.connection) if attachment.connection else SpareTemplate(framework, warm=True)
