"""Asserting that a call updates variables in place."""

from __future__ import annotations

from typing import Any

from autograder.assertions.callees import Asked, Known, cases, look_at_pair
from autograder.assertions.compare import Facts, compare, compare_arrays, form_of, judge
from autograder.facts.fact import Fact
from autograder.wire import Variable
from autograder.wire.trees import array_of, is_single, same_bytes


def assert_updates(student: Asked, reference: Known, *arguments: Any, argument: int, label: str) -> None:
    """Asserts that a call returns the right value and updates the variables of an argument in place.

    Args:
        student: The submission's function.
        reference: The reference's function.
        *arguments: The arguments, or one problem.
        argument: Position of the dict of variables among the arguments.
        label: What the returned value is called in messages, such as `the loss`.

    Raises:
        CheckFailed: Naming what is wrong, and in which way.
    """
    look_at_pair(student, reference)
    facts: Facts = {}
    for values in cases(reference, arguments):
        call = student.call(*values)
        wanted, exact = reference.as_given(*values), reference(*values)
        if call.nothing and wanted is not None:
            found: Facts = {label: call.nothing}
        else:
            found = compare(call.value, wanted, exact, label, is_single(values))
        after = call.arguments[argument]
        given = reference.arguments_after(*values, as_given=True)[argument]
        right = reference.arguments_after(*values)[argument]
        for name, variable in given.items():
            came = after.get(name) if type(after) is dict else None
            if type(came) is not Variable:
                found[name] = Fact("no-variable-left", values={"came": form_of(came)}, code="kind")
            elif _is_untouched(came, values[argument][name]) and not _is_untouched(variable, values[argument][name]):
                found[name] = Fact("not-updated", code="missing-step")
            else:
                found[name] = compare_arrays(came, array_of(variable), array_of(right[name]))
        for name, fact in found.items():
            facts[name] = facts.get(name) or fact
    judge(facts, names=(label,))


def _is_untouched(after: Variable, before: Variable) -> bool:
    return same_bytes(after.array, before.array)
