"""Checks of draws, grids and spaces. No message says which values are right: hidden tests use them as well."""

import json
import math

import numpy as np
from common.search_values import distance_to_uniform, generator, listed, log_part, plain

from autograder.testing import check, derived_seed, kind_of

# by how much the empirical law of 2000 draws may differ from the true one: exceeded once in 10 million times
KOLMOGOROV = 0.065
UNIFORM = "the logarithm of your {} is not uniform: some orders of magnitude come too often, and others too rarely"
ENTRIES = {"log": "a log range", "linear": "a linear range", "int": "an int range", "choice": "a choice"}
SINGLE = {"net": ("choice", ["a"])}


def check_log_law(student, seed, low, high):
    """That `log_uniform` has the right law, shapes and type, and draws from the generator alone."""
    draws = student.log_uniform(low, high, generator(seed), (40, 50))
    right = isinstance(draws, np.ndarray) and draws.shape == (40, 50)
    check(right, f"with size=(40, 50) you return {kind_of(draws)}; expected an array of that shape", code="shape")
    check(draws.dtype == np.float64, f"your draws are {draws.dtype}; expected float64", share=0.5, code="dtype")
    for size, shape in ((1, (1,)), ((1, 1), (1, 1))):
        alone = student.log_uniform(low, high, generator(seed), size)
        right = isinstance(alone, np.ndarray) and alone.shape == shape
        told = f"with size={size} you return {kind_of(plain(alone))}; expected an array of shape {shape}"
        check(right, told, share=0.5, code="shape")
    outside = int(((draws < low) | (draws > high)).sum())
    check(not outside, f"{outside} of 2000 draws lie outside low and high")
    check(distance_to_uniform(log_part(draws.ravel(), low, high)) < KOLMOGOROV, UNIFORM.format("2000 draws"))
    different = len(np.unique(draws))
    told = f"{different} of 2000 draws are different; expected all of them: is each one drawn?"
    check(different == 2000, told, share=0.25)
    again = student.log_uniform(low, high, generator(seed), (40, 50))
    told = "generators with the same seed give different draws: are all of them drawn from rng?"
    check(np.array_equal(draws, again), told, share=0.25, code="seed")
    rng = student.make(generator(seed))
    one, two = (student.log_uniform(low, high, rng) for _ in range(2))
    told = "two draws from one generator are equal: is each of them drawn from rng?"
    check(one != two, told, share=0.25, code="seed")


def check_grid(received, space, expected):
    """That a grid holds the values of each entry, and each combination once. No message says which values are right."""
    check_plain(received, space)
    for name, values in expected.items():
        own, right = ({as_text({name: value}) for value in some} for some in ([c[name] for c in received], values))
        told = f"`{name}`, {ENTRIES[space[name][0]]}, has {len(own)} different values"
        check(len(own) == len(right), f"{told}; expected {len(right)}")
        check(own == right, f"{told}, {len(own - right)} of them wrong")
    count, expected_count = len(received), math.prod(map(len, expected.values()))
    check(count == expected_count, f"you return {count} configurations; expected {expected_count}")
    different = len(set(map(as_text, received)))
    check(different == count, f"{different} of your {count} configurations are different; expected each of them once")


def check_single(received):
    """That the only configuration of a space is returned, once."""
    check_plain(received, SINGLE)
    told = f"of a space with a single configuration you return {len(received)}; expected this one, once"
    check(list(map(as_text, received)) == [as_text({"net": "a"})], told, share=0.5)


def check_plain(received, space):
    """That there is a list of configurations, each with the names of the space, and numbers or texts as values."""
    check(type(received) is list, f"you return {kind_of(received)}; expected a list of configurations", code="kind")
    for number, config in enumerate(received, 1):
        which = f"configuration {number}"
        check(type(config) is dict, f"{which} is {kind_of(config)}; expected a dict", code="kind")
        told = f"{which} has these names: {listed(config)}; expected those of the space: {listed(space)}"
        check(set(config) == set(space), told)
        odd = next((name for name in config if type(config[name]) not in (int, float, str)), None)
        told = f"{which}: `{odd}` is {kind_of(config.get(odd))}; expected a number or a text"
        check(odd is None, told, code="kind")


def as_text(config):
    """A configuration as a text, without the last digits of its numbers."""
    return json.dumps(
        {name: value if type(value) is str else float(f"{value:.6g}") for name, value in sorted(config.items())}
    )


def check_random_laws(student, seed, space):
    """That `random_search` follows the law of each entry, repeats nothing, and draws from the generator alone."""
    found = plain(student.random_search(space, 2000, generator(seed)))
    check_plain(found, space)
    check(len(found) == 2000, f"of 2000 configurations that were asked for, you return {len(found)}")
    rates, drops = ([config[name] for config in found] for name in ("rate", "drop"))
    for name in ("rate", "drop"):
        odd = next((config[name] for config in found if type(config[name]) not in (int, float)), None)
        check(odd is None, f"`{name}` is {kind_of(odd)} in one configuration; expected a number", code="kind")
    check(
        distance_to_uniform(log_part(rates, *space["rate"][1:])) < KOLMOGOROV,
        "`rate`, a log range: " + UNIFORM.format("draws"),
    )
    low, high = space["drop"][1:]
    told = "`drop`, a linear range: your draws are not uniform between its ends"
    check(distance_to_uniform((np.array(drops) - low) / (high - low)) < KOLMOGOROV, told)
    first, last = space["layers"][1:]
    for name, values in (("layers", [*range(first, last + 1)]), ("net", space["net"][1])):
        drawn = [config[name] for config in found]
        what = f"`{name}`, {ENTRIES[space[name][0]]}"
        others, never = len(set(drawn) - set(values)), len(set(values) - set(drawn))
        check(not others, f"{what}: {others} of the values that you draw are not in it")
        told = f"{what}: 2000 draws reach {len(values) - never} of its {len(values)} values; expected all of them"
        check(not never, told)
        # five standard deviations and more
        shares = [drawn.count(value) / 2000 for value in values]
        told = f"{what}: of 2000 draws, the rarest value gets {min(shares):.0%} and the commonest {max(shares):.0%}"
        equal = all(0.8 < share * len(values) < 1.2 for share in shares)
        check(equal, f"{told}; expected equal shares")
    # dependent entries: a small rate always with a small dropout
    correlation = np.corrcoef(np.log(rates), drops)[0, 1]
    told = f"`rate` and `drop` go together (correlation {correlation:.2f}): expected a draw of its own for each entry"
    check(abs(correlation) < 0.12, told)
    small = {"layers": ("int", 1, 3), "net": ("choice", ["a", "b", "c", "d"])}
    for n, expected in ((1, 1), (9, 9), (12, 12), (40, 12)):
        some = plain(student.random_search(small, n, generator(derived_seed(seed, str(n)))))
        check_plain(some, small)
        different = len(set(map(as_text, some)))
        told = f"with n={n}, {different} of your {len(some)} configurations are different; expected all of them"
        check(different == len(some), told, share=0.25)
        told = f"with n={n} and a space of 12 configurations you return {len(some)}; expected {expected}"
        check(len(some) == expected, told, share=0.5)
    check_single(plain(student.random_search(SINGLE, 3, generator(seed))))
    again = plain(student.random_search(small, 9, generator(derived_seed(seed, "9"))))
    same = plain(student.random_search(small, 9, generator(derived_seed(seed, "9")))) == again
    told = "generators with the same seed give different configurations: are all of them drawn from rng?"
    check(same, told, share=0.25, code="seed")
    other = plain(student.random_search(small, 9, generator(derived_seed(seed, "another")))) != again
    check(other, "generators with other seeds give the same configurations: is rng used?", share=0.25, code="seed")


def assert_entries(received, expected):
    """That a space has the entries of another. A message says what is wrong with an entry, and not what is right."""
    check(type(received) is dict, f"you return {kind_of(received)}; expected a dict of entries", code="kind")
    told = f"your space has these names: {listed(received)}; expected those of the old one: {listed(expected)}"
    check(set(received) == set(expected), told)
    faults = {name: fault for name, entry in expected.items() if (fault := fault_of(received[name], entry))}
    share = 1 - len(faults) / len(expected)
    told = "; ".join(f"`{name}`, {ENTRIES[expected[name][0]]}: {fault}" for name, fault in faults.items())
    check(not faults, told, share=round(share / 4, 2))


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
