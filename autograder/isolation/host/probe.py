"""Asking a template once what its student processes get on this machine, before anybody depends on it."""

from __future__ import annotations

from functools import partial

from autograder.isolation.host.choice import Template
from autograder.isolation.host.errors import NoProcess, ProcessEnded, TemplateError
from autograder.isolation.host.starting import settings_of_its_own, start_process
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import SandboxPolicy, missing, refusal
from autograder.words import say


def report_of(template: Template, policy: SandboxPolicy | None = None, device: str = "cpu") -> dict[str, str]:
    """The sandbox that a student process of this template gets: layer → "" when it is in force, else why not."""
    policy = policy or SandboxPolicy()
    spawner = template.control()
    try:
        settings = partial(settings_of_its_own, student_user(), device=device, layers=policy.layers)
        process = start_process(spawner, settings, patience=0.0)
        process.close()
    finally:
        if spawner is not template:
            spawner.close()
    if policy.strict and missing(process.sandbox):
        raise TemplateError(refusal(process.sandbox))
    return process.sandbox


def why_not(template: Template, device: str) -> str:
    """Why a device cannot be used, or "" when it can: tried in a process of its own."""
    try:
        report_of(template, device=device)
    except ProcessEnded as end:
        return say(end.fact)
    except NoProcess as error:
        return str(error.fact.values.get("reason") or say(error.fact))
    return ""
