"""The assertions of a grading test.

Each calls the submission's function and the reference's with the same arguments, in every size of the problem, and
gives partial credit by part: two gradients of four right earn half the points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autograder.assertions.compare import Fact, Facts, compare, compare_arrays, kind_of
from autograder.assertions.own_loss import OwnLoss, derives_own_loss
from autograder.assignment.fixtures import Fixture as Problem
from autograder.assignment.fixtures import Problems
from autograder.assignment.questions import NUMBERS_HIDDEN, CheckFailed
from autograder.engine.proxies import StudentFunction
from autograder.engine.reference import ReferenceFunction
from autograder.facts.kinds import KINDS
from autograder.text import shortened
from autograder.wire import Variable
from autograder.wire.trees import array_of, is_single, same_bytes

_ROUNDING_ABOVE_ONE = 1e-6


def check(condition: bool, message: str, share: float = 0.0, code: str = "") -> None:
    """Fails the question with `message`, the line that the student reads, unless the condition holds.

    Args:
        condition: What must hold.
        message: What is wrong when it does not; cut where it is too long for a gradebook.
        share: Part of the points that is earned all the same.
        code: The kind of mistake that this check proves, of `autograder.facts.kinds`; it becomes the diagnosis.

    Raises:
        CheckFailed: When it does not hold.
        ValueError: For a code that there is not.
    """
    if code and code not in KINDS:
        raise ValueError(f"expected a code of autograder.facts.kinds, received {code!r}")
    if not condition:
        raise CheckFailed(shortened(message), share, code=code)


def assert_gradients(
    student: StudentFunction, reference: ReferenceFunction, *arguments: Any, loss: OwnLoss | None = None
) -> None:
    """Asserts that gradients, a dict by parameter name, are right; each tensor earns its share of the points.

    Args:
        student: The submission's function.
        reference: The reference's function.
        *arguments: The arguments, or one problem, whose values are handed over by the names of the reference's
            parameters.
        loss: The submission's own loss of a problem, such as
            `lambda one: student.mse_loss(student.forward(one.X, one.params), one.Y)`: wrong gradients that are the
            right ones of that loss are told from a wrong backward pass.

    Raises:
        CheckFailed: Naming the tensors that are wrong, and in which way.
    """
    try:
        _assert_same(student, reference, arguments, label="")
    except CheckFailed as failure:
        problems = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], Problems) else None
        if loss is not None and problems is not None and student.session.explains and failure.values is not None:
            returned = [one.value for one in student.session.observed if one.name == student.name]
            pairs = list(zip(returned, problems, strict=False))
            if pairs and all(derives_own_loss(student, value, one, loss) for value, one in pairs):
                failure.code = "own-loss"
        raise


def assert_array(
    student: StudentFunction,
    reference: ReferenceFunction,
    *arguments: Any,
    names: tuple[str, ...] = (),
    without_points: tuple[str, ...] = (),
    probabilities: tuple[str, ...] = (),
) -> None:
    """Asserts that what a function returns is right: an array, or a dict, tuple or list of arrays and numbers.

    Args:
        student: The submission's function.
        reference: The reference's function.
        *arguments: The arguments, or one problem.
        names: What the items of a returned tuple are called in messages.
        without_points: Parts that must be right and earn nothing by themselves, such as an input handed back.
        probabilities: Parts whose entries must lie between 0 and 1, such as `Y_hat`; "" for a value without parts. An
            entry that is just below 0 is too small for the difference to show, and makes a logarithm NaN.

    Raises:
        CheckFailed: Naming the parts that are wrong, and in which way.
    """
    label = "result" if names else ""
    _assert_same(student, reference, arguments, label, names, without_points, probabilities)


def assert_loss(student: StudentFunction, reference: ReferenceFunction, *arguments: Any) -> None:
    """Asserts that a loss, one number, is right.

    Args:
        student: The submission's function.
        reference: The reference's function.
        *arguments: The arguments, or one problem.

    Raises:
        CheckFailed: Saying what came instead.
    """
    _assert_same(student, reference, arguments, label="the loss")


def assert_updates(
    student: StudentFunction, reference: ReferenceFunction, *arguments: Any, argument: int, label: str
) -> None:
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
    facts: Facts = {}
    for values in _cases(reference, arguments):
        call = student.call(*values)
        found = compare(call.value, reference.as_given(*values), reference(*values), label, is_single(values))
        after = call.arguments[argument]
        given = reference.arguments_after(*values, as_given=True)[argument]
        exact = reference.arguments_after(*values)[argument]
        for name, variable in given.items():
            came = after.get(name) if type(after) is dict else None
            if type(came) is not Variable:
                text = f"is {kind_of(came)} after the call, no longer the variable; update it in place"
                found[name] = Fact(text, "kind")
            elif same_bytes(came.array, values[argument][name].array):
                found[name] = Fact("was not updated", "missing-step")
            else:
                found[name] = compare_arrays(came, array_of(variable), array_of(exact[name]))
        for name, fact in found.items():
            facts[name] = facts.get(name) or fact
    _judge(facts)


def assert_close(received: Any, expected: Any, name: str, given: Any = None, single: bool | None = None) -> None:
    """Asserts that a value is right when the test computed itself what is expected.

    Args:
        received: The submission's value.
        expected: What is expected, in float64: an array, a number, or a dict, tuple or list of them.
        name: What it is called in messages.
        given: The same in the dtype to be met; `expected` itself by default.
        single: Whether numbers without a dtype were computed in float32; by default whether `given` is float32.

    Raises:
        CheckFailed: Naming the parts that are wrong, and in which way.
    """
    given = expected if given is None else given
    _judge(compare(received, given, expected, name, is_single(given) if single is None else single))


def _assert_same(
    student: StudentFunction,
    reference: ReferenceFunction,
    arguments: tuple[Any, ...],
    label: str,
    names: tuple[str, ...] = (),
    without_points: tuple[str, ...] = (),
    probabilities: tuple[str, ...] = (),
) -> None:
    facts: Facts = {}
    for values in _cases(reference, arguments):
        call = student.call(*values)
        received = call.value
        moved = _changed_variables(values, call.arguments)
        if moved:
            raise CheckFailed(
                f"{student.name} changes the variables it is given ({', '.join(moved)}); it must only read them",
                code="changes-argument",
            )
        given, exact = reference.as_given(*values), reference(*values)
        title = label or ("" if isinstance(given, dict) else "the result")
        found = compare(received, given, exact, title, is_single(values), names)
        for name in probabilities:
            if found[name or title] is None:
                found[name or title] = _no_probabilities(received[name] if name else received)
        for name, fact in found.items():
            facts[name] = facts.get(name) or fact
    _judge(facts, without_points)


def _no_probabilities(received: Any) -> Fact | None:
    """Whether some entry of an array that is right otherwise is no probability; above 1, rounding is allowed for."""
    array = array_of(received)
    outside = int(((array < 0) | (array > 1 + _ROUNDING_ABOVE_ONE)).sum())
    return Fact(f"{outside} of {array.size} entries are below 0 or above 1, as no probability is") if outside else None


def _changed_variables(before: Any, after: Any, name: str = "") -> list[str]:
    """Names of the variables that a call moved, through tuples, lists and dicts of arguments."""
    if type(before) is Variable:
        return [] if type(after) is Variable and same_bytes(before.array, after.array) else [name]
    if type(before) is dict and type(after) is dict:
        return [found for key in before for found in _changed_variables(before[key], after.get(key), str(key))]
    if type(before) in (list, tuple) and type(after) is type(before):
        return [found for one, two in zip(before, after, strict=False) for found in _changed_variables(one, two, name)]
    return []


def _judge(facts: Facts, without_points: tuple[str, ...] = ()) -> None:
    """Passes when every part is right; otherwise fails with a line a wrong part and the share of right ones."""
    wrong = {name: fact for name, fact in facts.items() if fact}
    if not wrong:
        return
    right = [name for name, fact in facts.items() if not fact]
    earning = [name for name in facts if name not in without_points]
    first = next(iter(wrong))
    share = sum(name in right for name in earning) / len(earning)
    shown = next(((name, *fact.values) for name, fact in wrong.items() if fact.values is not None), None)
    raise CheckFailed(
        shortened(_lines(wrong, right)),
        share,
        code=wrong[first].code,
        tensor=first,
        values=shown,
        brief=shortened(_lines_without_sizes(wrong, right)),
    )


def _lines(wrong: dict[str, Fact], right: list[str]) -> str:
    """A line a fact, and one for what is right."""
    named: dict[str, list[str]] = {}
    for name, fact in wrong.items():
        named.setdefault(fact, []).append(name)
    lines = [f"{', '.join(names)}: {fact}" for fact, names in named.items()]
    return "\n".join([*lines, f"right: {', '.join(right)}"] if right else lines)


def _lines_without_sizes(wrong: dict[str, Fact], right: list[str]) -> str:
    """The same for a hidden test: which parts are not right, and no number that tells how far off they are."""
    measured = [name for name, fact in wrong.items() if fact.measured]
    text = _lines({name: fact for name, fact in wrong.items() if not fact.measured}, right)
    if not measured:
        return text
    return "\n".join(filter(None, [f"not right: {', '.join(measured)}", text, NUMBERS_HIDDEN]))


def _cases(reference: ReferenceFunction, arguments: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if len(arguments) == 1 and isinstance(arguments[0], (Problem, Problems)):
        names = reference.parameters()
        problems = [arguments[0]] if isinstance(arguments[0], Problem) else arguments[0]
        for problem in problems:
            yield tuple(problem[name] for name in names)
    else:
        yield arguments
