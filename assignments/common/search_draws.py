"""Checks of draws, grids and spaces. Only with `tell`, in public tests, does a message say which values are right."""

import json
import math

import numpy as np
from common.search_values import as_text, check_names, distance_to_uniform, generator, listed, log_part, plain

from autograder.testing import check, derived_seed, kind_of, number_of

# by how much the empirical law of 2000 draws may differ from the true one: exceeded once in 10 million times
KOLMOGOROV = 0.065
NOT_UNIFORM = "the logarithm of your {} is not uniform: some orders of magnitude come too often, and others too rarely"
ENTRIES = {"log": "a log range", "linear": "a linear range", "int": "an int range", "choice": "a choice"}
SINGLE = {"net": ("choice", ["a"])}


def check_log_law(student, seed, low, high):
    """That `log_uniform` has the right law, shapes and type, and draws from the generator alone."""
    draws = student.log_uniform(low, high, generator(seed), (40, 50))
    for size, shape in (((40, 50), (40, 50)), (1, (1,)), ((1, 1), (1, 1))):
        some = draws if size == (40, 50) else student.log_uniform(low, high, generator(seed), size)
        right = isinstance(some, np.ndarray) and some.shape == shape
        told = f"with size={size} you return {kind_of(plain(some))}; expected an array of shape {shape}"
        check(right, told, share=0.5 if some is not draws else 0, code="shape")
    outside = draws[~((draws >= low) & (draws <= high))]
    told = f"{outside.size} of 2000 draws lie outside {low:g} to {high:g}, such as {listed(outside[:3].tolist())}"
    check(not outside.size, told)
    middle = math.sqrt(low * high)
    share = float(np.mean(draws < middle))
    told = NOT_UNIFORM.format("2000 draws")
    if abs(share - 0.5) > 0.04:
        told = f"{share:.0%} of your draws from {low:g} to {high:g} lie below {middle:.4g}, the geometric mean"
        told += "; expected 50%"
    check(distance_to_uniform(log_part(draws.ravel(), low, high)) < KOLMOGOROV, told)
    different = len(np.unique(draws))
    told = f"{different} of 2000 draws are different; expected all of them: is each one drawn?"
    check(different == 2000, told, share=0.25)
    again = student.log_uniform(low, high, generator(seed), (40, 50))
    told = "generators with the same seed give different draws: are all of them drawn from rng?"
    check(np.array_equal(draws, again), told, share=0.25, code="seed")
    rng = student.make(generator(seed))
    one, two = (student.log_uniform(low, high, rng) for _ in range(2))
    told = f"with size=None you return {kind_of(one)}; expected one number"
    check(number_of(one) is not None, told, share=0.5, code="kind")
    told = "two draws from one generator are equal: is each of them drawn from rng?"
    check(one != two, told, share=0.25, code="seed")
    check(draws.dtype == np.float64, f"your draws are {draws.dtype}; expected float64", share=0.5, code="dtype")


def check_configs(received, space):
    """That there is a list of configurations: each has the names of the space, and values that lie in it."""
    check(type(received) is list, f"expected a list of configurations, you return {kind_of(received)}", code="kind")
    for number, config in enumerate(received, 1):
        which = f"configuration {number}"
        check(type(config) is dict, f"{which} is {kind_of(config)}; expected a dict", code="kind")
        check_names(config, space, which)
        for name, (kind, *rest) in space.items():
            value = config[name]
            if kind == "choice":
                told = f"{which}: `{name}` is {listed([value])}; expected one of {listed(rest[0])}"
                check(value in rest[0], told)
                continue
            told = f"{which}: `{name}` is {kind_of(value)}; expected a Python number"
            check(type(value) in (int, float), told, code="kind")
            inside = rest[0] * (1 - 1e-9) <= value <= rest[1] * (1 + 1e-9)
            check(inside, f"{which}: `{name}` is {value:.4g}; expected {rest[0]:g} to {rest[1]:g}")


def check_whole(received, space):
    """That the values of int ranges are Python's whole numbers."""
    names = [name for name, (kind, *_) in space.items() if kind == "int"]
    odd = next(((n, c[n]) for c in received for n in names if type(c[n]) is not int), None)
    told = odd and f"`{odd[0]}` is an int range, and one of its values is {kind_of(odd[1])}; expected Python ints"
    check(odd is None, told, share=0.5, code="kind")


def check_different(received):
    """That no two configurations are equal."""
    different = len(set(map(as_text, received)))
    told = f"{different} of your {len(received)} configurations are different; expected all of them"
    check(different == len(received), told, share=0.25)


def check_grid(received, space, expected, tell=False):
    """That a grid holds the values of each entry, and each combination once."""
    check_configs(received, space)
    for name, values in expected.items():
        own, right = (list(dict.fromkeys(as_text(v) for v in some)) for some in ([c[name] for c in received], values))
        told = f"`{name}`, {ENTRIES[space[name][0]]}, has {len(own)} values: {listed(sorted(map(json.loads, own)))}"
        check(len(own) == len(right), f"{told}; expected {len(right)}" + (f": {listed(values)}" if tell else ""))
        wrong = len(set(own) - set(right))
        check(not wrong, f"{told}; expected {listed(values)}" if tell else f"{told}, {wrong} of them wrong")
    count, expected_count = len(received), math.prod(map(len, expected.values()))
    told = f"you return {count} configurations; expected {' × '.join(str(len(v)) for v in expected.values())}"
    check(count == expected_count, f"{told} = {expected_count}")
    check_different(received)
    check_whole(received, space)


def check_single(received):
    """That the only configuration of a space is returned, once."""
    check_configs(received, SINGLE)
    told = f"of a space with a single configuration you return {len(received)}; expected this one, once"
    check(len(received) == 1, told, share=0.5)


def check_random_laws(student, seed, space):
    """That `random_search` follows the law of each entry, repeats nothing, and draws from the generator alone."""
    found = plain(student.random_search(space, 2000, generator(seed)))
    check_configs(found, space)
    check(len(found) == 2000, f"of 2000 configurations that were asked for, you return {len(found)}")
    columns = {name: [config[name] for config in found] for name in space}
    parts = {"rate": log_part(columns["rate"], *space["rate"][1:])}
    low, high = space["drop"][1:]
    parts["drop"] = (np.array(columns["drop"]) - low) / (high - low)
    for name, law in (("rate", NOT_UNIFORM.format("draws")), ("drop", "your draws are not uniform between its ends")):
        told = f"`{name}`, {ENTRIES[space[name][0]]}: {law}"
        check(distance_to_uniform(parts[name]) < KOLMOGOROV, told)
    first, last = space["layers"][1:]
    for name, values in (("layers", [*range(first, last + 1)]), ("net", space["net"][1])):
        # five standard deviations and more
        counts = [columns[name].count(value) for value in values]
        told = f"`{name}`, {ENTRIES[space[name][0]]}: of 2000 draws, the rarest value gets {min(counts) / 2000:.0%} "
        told += f"and the commonest {max(counts) / 2000:.0%}; expected equal shares"
        check(all(abs(count * len(values) / 2000 - 1) < 0.2 for count in counts), told)
    # dependent entries: a small rate always with a small dropout
    correlation = np.corrcoef(parts["rate"], parts["drop"])[0, 1]
    told = f"`rate` and `drop` go together (correlation {correlation:.2f}): expected a draw of its own for each entry"
    check(abs(correlation) < 0.12, told)
    small = {"layers": ("int", 1, 3), "net": ("choice", ["a", "b", "c", "d"])}
    for n in (1, 9, 12, 40):
        some = plain(student.random_search(small, n, generator(derived_seed(seed, str(n)))))
        check_configs(some, small)
        check_different(some)
        told = f"with n={n} and a space of 12 configurations you return {len(some)}; expected {min(n, 12)}"
        check(len(some) == min(n, 12), told, share=0.5)
    check_single(plain(student.random_search(SINGLE, 3, generator(seed))))
    nine = derived_seed(seed, "9")
    one, again, other = (plain(student.random_search(small, 9, generator(s))) for s in (nine, nine, nine + 1))
    told = "generators with the same seed give different configurations: are all of them drawn from rng?"
    check(one == again, told, share=0.25, code="seed")
    told = "generators with other seeds give the same configurations: is rng used?"
    check(one != other, told, share=0.25, code="seed")
    check_whole(found, space)


def check_space(received, expected, tell=False):
    """That a narrower space has the entries that it should have."""
    check(type(received) is dict, f"you return {kind_of(received)}; expected a dict of entries", code="kind")
    check_names(received, expected, "your space")
    faults = {name: fault for name, entry in expected.items() if (fault := fault_of(received[name], entry))}
    told = {name: f"`{name}`, {ENTRIES[expected[name][0]]}: {fault}" for name, fault in faults.items()}
    if tell:
        told = {name: f"{text} ({received[name]}; expected {expected[name]})"[:160] for name, text in told.items()}
    share = 0 if tell else round((1 - len(faults) / len(expected)) / 4, 2)
    check(not faults, "; ".join(told.values()), share=share)


def fault_of(entry, expected):
    """What is wrong with an entry of a narrower space, or ""."""
    kind, *rest = expected
    if type(entry) not in (tuple, list) or len(entry) != len(expected) or entry[0] != kind:
        return "it has another form than before"
    if kind == "choice":
        return "" if type(entry[1]) in (list, tuple) and list(entry[1]) == rest[0] else "its choices are not as before"
    if any(type(end) not in (int, float) for end in entry[1:]):
        return "its ends are not both numbers"
    (low, high), (right_low, right_high) = entry[1:], rest
    if kind == "int" and not type(low) is type(high) is int:
        return "its ends are not both Python ints"
    ends = {"low": (low, right_low), "high": (high, right_high)}
    wrong = [name for name, pair in ends.items() if not math.isclose(*pair, rel_tol=1e-6, abs_tol=1e-9)]
    if not wrong:
        return ""
    if kind == "log" and low > 0 and high > 0:
        low, high, right_low, right_high = map(math.log, (low, high, right_low, right_high))
    if len(wrong) == 2 and math.isclose(high - low, right_high - right_low, rel_tol=1e-6):
        return "it is as wide as it should be, and not around the best value"
    if len(wrong) == 2 and math.isclose(high + low, right_high + right_low, rel_tol=1e-6, abs_tol=1e-9):
        return f"it is around the best value, and too {'wide' if high - low > right_high - right_low else 'narrow'}"
    return f"{' and '.join(wrong)} {'is not where it' if len(wrong) == 1 else 'are not where they'} should be"
