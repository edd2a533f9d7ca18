"""The inputs of the tests: points, formulas and graphs, with 5 and with 7 inputs."""

from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from autograder.testing import (
    CheckFailed,
    Fixture,
    Remote,
    Sizes,
    assert_array,
    assert_close,
    cached_property,
    check,
    kind_of,
)


def made(text):
    """What a text of Python gives, such as a function: made where it is needed."""
    return Remote("builtins.eval", text, {"np": Remote("importlib.import_module", "numpy")})


@contextmanager
def telling(*lines, most=1.0):
    """Adds lines to what a failed check says, and gives its right parts no more than a share of the points."""
    try:
        yield
    except CheckFailed as failed:
        more = [fact for line in lines for fact in CheckFailed(line).facts]
        share = min(failed.share, most)
        raise CheckFailed([*failed.facts, *more], share, failed.outcome, failed.values, failed.names) from None


def assert_operations(student, reference, points):
    """That functions which give a result and its derivatives are right at some points, by the functions' names.

    One that is missing, or gives something else than numbers, costs no more than one with wrong numbers.
    """
    received, expected, broken = {}, {}, {}
    for name, places in points.items():
        # what is broken is asked everywhere as well: each call has its number, by which causes are found
        for place in places:
            try:
                mine, right = asked(student, reference, name, place)
                received |= mine
                expected |= right
            except CheckFailed as failed:
                broken.setdefault(name, failed)
    wrong = None
    kept = {name: value for name, value in expected.items() if name in received}
    try:
        assert_close(received, kept, "")
    except CheckFailed as failed:
        wrong = failed
    if wrong is None and not broken:
        return
    facts = [fact for one in (*broken.values(), *([wrong] if wrong else [])) for fact in one.facts]
    facts = [fact for fact in facts if fact.kind != "right"]
    about = " ".join(name for fact in facts for name in fact.about)
    good = tuple(name for name in points if name not in broken and f"{name}(" not in about)
    if wrong is not None and good:
        facts += [
            replace(fact, about=tuple(f"`{name}`" for name in good)) for fact in wrong.facts if fact.kind == "right"
        ]
    elif good:
        facts += CheckFailed(f"{listed(good)} {'is' if len(good) == 1 else 'are'} right.").facts
    outcome = next(iter(broken.values())).outcome if len(broken) == len(points) else "failed"
    raise CheckFailed(facts, min(0.5, len(good) / len(points)), outcome)


def asked(student, reference, name, place):
    """What a function gives at a point and what it should, by what each number is called."""
    call = getattr(student, name).call(*place)
    if call.nothing:
        raise CheckFailed(call.nothing)
    shown = f"{name}({', '.join(f'{number:g}' for number in place)})"
    right = getattr(reference, name)(*place)
    several = isinstance(right[1], tuple)
    wanted = "the pair of its derivatives" if several else "its derivative"
    told = f"`{shown}` returns {kind_of(call.value)}; expected two things: the result, and {wanted}"
    value = items_of(call.value)
    check(len(value) == 2, told, code="kind")
    told = f"second, `{shown}` returns {kind_of(value[1])}; expected {wanted}"
    check(not several or len(items_of(value[1])) == 2, told, code="kind")
    return parts(shown, value, several), parts(shown, right, several)


def listed(names):
    """Names of functions as they are read aloud."""
    *first, last = [f"`{name}`" for name in names]
    return f"{', '.join(first)} and {last}" if first else last


def assert_chain(student, reference, *places):
    """That the chain is right at some places, all of which are asked before the first is judged."""
    for x, value in [(x, student.chain(x)) for x in places]:
        right = reference.chain(x)
        if type(value) is not dict or any(len(items_of(value.get(name))) != 2 for name in right):
            assert_array(student.chain, reference.chain, x)
            continue
        received, expected = {}, {}
        for name, pair in right.items():
            titles = (f"the value of {name}", f"the derivative of {name}")
            received |= dict(zip(titles, items_of(value[name]), strict=True))
            expected |= dict(zip(titles, pair, strict=True))
        about = f"Here x was the number {x:g}, and no array." if np.ndim(x) == 0 else ""
        with telling(*filter(None, [about])):
            assert_close(received, expected, "")


def assert_graph(student, reference, x, w, b, y):
    """That a neuron's graph has the right loss, and leads from it to the weights and the bias."""
    weights, bias = [student.Value(number) for number in w.tolist()], student.Value(b)
    call = student.logistic_graph.call(x, weights, bias, y)
    if call.nothing:
        raise CheckFailed(call.nothing)
    right = reference.logistic_gradient(x, w, b, y)
    told = f"`logistic_graph` returns {kind_of(call.value)}; expected the node of the loss, a `Value`"
    check(hasattr(call.value, "type") and call.value.type.rpartition(".")[2] == "Value", told, code="kind")
    received = {"the loss of the graph": call.value.read("data")}
    call.value.backward()
    received["its derivatives by the weights"] = [one.read("grad") for one in weights]
    received["its derivative by the bias"] = bias.read("grad")
    names = ("loss", "w", "b")
    assert_close(received, dict(zip(received, (listed_numbers(right[name]) for name in names), strict=True)), "")


def listed_numbers(value):
    """An array as a list, and a number as it is."""
    return value.tolist() if isinstance(value, np.ndarray) and value.ndim else float(value)


def items_of(value):
    """The items of a tuple, a list or an array; none of anything else."""
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return value.tolist()
    return value if type(value) in (tuple, list) else ()


def parts(shown, value, several):
    """A result and its derivatives, each by what it is called."""
    result, slopes = value
    if not several:
        return {shown: result, f"the derivative of {shown}": slopes}
    names = (f"the derivative of {shown} by {letter}" for letter in "ab")
    return {shown: result} | dict(zip(names, items_of(slopes), strict=True))


def number_between(rng, low, high):
    """A number whose sign is drawn as well, with few digits: it stands in the texts of functions."""
    return round(float(rng.uniform(low, high) * rng.choice((-1, 1))), 3)


def random_tape(rng, inputs):
    """A graph: nodes that are used by several, one that is used twice by the same, one that leads nowhere."""
    tape = [[] for _ in range(inputs)]
    idle = inputs  # the first node that is computed is used by none
    while len(tape) < 3 * inputs:
        others = [place for place in range(len(tape)) if place != idle]
        operands = rng.choice(others[-inputs - 2 :], size=rng.integers(1, 4), replace=False)
        tape.append([(int(place), number_between(rng, 0.4, 1.6)) for place in operands])
    square, other = len(tape) - 1, len(tape) - 2
    tape.append([(square, number_between(rng, 0.4, 1.6)), (square, number_between(rng, 0.4, 1.6))])
    tape.append([(len(tape) - 1, number_between(rng, 0.4, 1.6)), (other, number_between(rng, 0.4, 1.6))])
    return tape


class Inputs(Fixture):
    """Numbers of moderate size, away from 0."""

    sizes = (Sizes(n=5), Sizes(n=7))
    edges = (Sizes(n=1), Sizes(n=2))
    words = MappingProxyType({"n": "inputs"})

    def number(self, label, low=0.5, high=3.0):
        """One number, by its label."""
        return number_between(self.rng(label), low, high)

    @cached_property
    def a(self):
        return self.number("a")

    @cached_property
    def b(self):
        return self.number("b")

    @cached_property
    def c(self):
        return self.number("c")

    @cached_property
    def x(self):
        return self.rng("x").uniform(0.4, 1.3, size=self.n) * self.rng("sign").choice((-1, 1), size=self.n)

    @cached_property
    def w(self):
        return self.rng("w").normal(size=self.n)

    @cached_property
    def y(self):
        return 1.0

    @cached_property
    def h(self):
        """So large that the rule which is used shows in the result."""
        return round(float(self.rng("h").uniform(0.1, 0.3)), 3)

    @cached_property
    def of_number(self):
        """A function of one number, so steep that its slope, cut off to a whole number, is not 1."""
        p, q = self.number("p", 2.0, 4.0), self.number("q", 0.3, 1.2)
        return made(f"lambda x: {p} * x ** 3 + {q} * np.exp(x / 2)")

    @cached_property
    def of_array(self):
        """A function of an array of any shape, which is not the same in any two entries."""
        p, q = self.number("p", 0.3, 1.2), self.number("q", 0.3, 1.2)
        many = f"{p} * np.sum(x.ravel() ** 3 / np.arange(2, x.size + 2))"
        return made(f"lambda x: float({many} + {q} * np.exp(x.ravel()[0] * x.ravel()[-1] / 3))")

    @cached_property
    def formulas(self):
        """Functions of a list of nodes, which use every operation, and some nodes several times."""
        texts = (
            "lambda x: sum((s - t) ** 2 * s / 3 for s, t in zip(x, x[1:]))",
            "lambda x: sum((s * s + 1).log() / (2 + t.exp()) - 3 * s for s, t in zip(x, x[1:]))",
            "lambda x: (x[0] * x[-1] - 1 / (x[1] ** 2 + 1)).sigmoid() * x[0]",
        )
        return [made(text) for text in texts]

    function = made = staticmethod(made)
    assert_operations = staticmethod(assert_operations)
    assert_chain = staticmethod(assert_chain)
    assert_graph = staticmethod(assert_graph)
    telling = staticmethod(telling)

    @cached_property
    def tape(self):
        return random_tape(self.rng("tape"), self.n)
