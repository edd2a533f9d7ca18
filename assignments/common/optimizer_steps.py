"""Whether an optimizer makes the right steps, and a schedule the right rates: what the tests of 08 ask of each.

One step from the middle of its work is compared with the reference's: there every mistake shows, and has the numbers
of its cause. Some steps from the start are compared as well, each made with the state that the one before returned.
"""

from __future__ import annotations

import numpy as np

from autograder.testing import (
    CheckFailed,
    Tensor,
    Variable,
    array_of,
    assert_array,
    assert_close,
    assert_loss,
    check,
    kind_of,
)


def assert_step(student, reference, name, problem):
    """Asserts one step from the middle, in every size: the new weights and the new state.

    Right weights with a wrong state, or the reverse, go wrong in the very next step, so they earn a quarter at most.
    """
    middle = problem.extended(state=lambda one: state_of(one, name))
    try:
        assert_array(getattr(student, name), getattr(reference, name), middle, names=("w", "state"))
    except CheckFailed as failed:
        failed.share /= 2
        raise


def assert_road(student, reference, name, one):
    """Asserts some steps from the start, and that none changes what it is given."""
    asked, known = getattr(student, name), getattr(reference, name)
    options = [one[parameter] for parameter in known.parameters()[3:]]
    w, state = right_w, right_state = one.w, state_of(one, name, first=True)
    for g in one.gradients:
        call = asked.call(w, g, state, *options)
        check_kept(name, (w, g, state), call.arguments)
        is_pair = type(call.value) in (tuple, list) and len(call.value) == 2
        check(is_pair, "expected two values, the new weights and the new state", code="kind")
        right_w, right_state = known(right_w, g, right_state, *options)
        expected = {key: array_of(value) for key, value in right_w.items()}
        given = {key: value.astype(array_of(one.w[key]).dtype) for key, value in expected.items()}
        w, state = call.value
        if name == "sgd":
            kept = type(state) is dict and not state
            told = f"the state you return is {'not empty' if state else kind_of(state)}; expected {{}}, as it was"
            check(kept, told, code="" if state else "kind")
        assert_close(w, expected, "w", given=given)


def assert_rates(student, reference, name, problem, *example, beyond=2):
    """Asserts the rates of all steps, `beyond` the end of a schedule as well, in every size, and of an example."""
    asked, known = getattr(student, name), getattr(reference, name)
    pairs = []
    for one in problem:
        calls = [
            [step if parameter == "step" else one[parameter] for parameter in known.parameters()]
            for step in range(one.total + beyond)
        ]
        pairs.append(([asked(*call) for call in calls], [known(*call) for call in calls]))
    told = "the rate is a number of TensorFlow's; expected a Python float"
    check(not any(type(rate) in (Tensor, Variable) for rates, _ in pairs for rate in rates), told, code="kind")
    for received, expected in pairs:
        assert_close(received, expected, "the rates of all steps")
    if example:
        assert_loss(asked, known, *example, name="the rate")


# what each optimizer remembers in the middle of its work, and before its first step
STATES = {
    "sgd": ({}, {}),
    "momentum": ("velocity", "still"),
    "nesterov": ("velocity", "still"),
    "adagrad": ("squares", "still"),
    "rmsprop": ("squares", "still"),
    "adam": ("memory", {"t": 0, "m": "still", "s": "still"}),
}


def state_of(one, name, first=False):
    """What an optimizer remembers."""
    kept = STATES[name][first]
    if type(kept) is str:
        return one[kept]
    return {key: one[value] if type(value) is str else value for key, value in kept.items()}


def check_kept(name, before, after):
    """That an optimizer changes nothing that it is given."""
    for what, one, two in zip(("w", "g", "state"), before, after, strict=False):
        told = f"`{name}` changes {what}, which it is given; make a new dict"
        check(_same(one, two), told, code="changes-argument")


def _same(one, two):
    if type(one) is dict:
        return type(two) is dict and one.keys() == two.keys() and all(_same(one[key], two[key]) for key in one)
    return np.array_equal(array_of(one), array_of(two))
