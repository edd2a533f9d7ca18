"""Checks of draws, grids and spaces. Only with `tell`, in public tests, does a message say which values are right."""

import json
import math

import numpy as np

from autograder.testing import Remote, check, derived_seed, kind_of, number_of

# by how much the empirical law of 2000 draws may differ from the true one: exceeded once in 10 million times
KOLMOGOROV = 0.065
NOT_UNIFORM = "the logarithm of your {} is not uniform: some orders of magnitude come too often, and others too rarely"
ENTRIES = {"log": "a log range", "linear": "a linear range", "int": "an int range", "choice": "a choice"}
KINDS = {list: "a list", dict: "a dict", str: "a text", (int, float): "a Python number"}
SINGLE = {"net": ("choice", ["a"])}


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


def plain(value):
    """The value with NumPy's numbers, which travel as arrays without axes, as Python's."""
    if type(value) in (list, tuple):
        return type(value)(map(plain, value))
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    return value.item() if type(value) is np.ndarray and value.shape == () else value


def listed(values):
    """Some values as a person writes them: "0.25, 0.5 and 1"; of many, the first few."""
    texts = [f"{value:.4g}" if type(value) in (int, float) else str(value)[:40] for value in values]
    texts = texts if len(texts) <= 8 else [*texts[:7], f"{len(texts) - 7} more"]
    return " and ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]])) or "none"


def as_text(value):
    """A value or a configuration as a text, without the last digits of its numbers."""
    if isinstance(value, dict):
        value = {name: json.loads(as_text(value[name])) for name in sorted(value)}
    return json.dumps(float(f"{value:.6g}") if isinstance(value, (int, float)) else value)


def check_kind(value, kind, what):
    right = type(value) in (kind if isinstance(kind, tuple) else (kind,))
    check(right, f"{what} is {kind_of(value)}; expected {KINDS[kind]}", code="kind")


def check_names(received, expected, what):
    """That there is a dict with the names that it should have."""
    check_kind(received, dict, what)
    missing, others = sorted(set(expected) - set(received)), sorted(map(str, set(received) - set(expected)))
    told = [f"lacks {listed(missing)}"] if missing else []
    told += [f"has {listed(others)}, which nobody asked for"] if others else []
    check(not told, f"{what} {' and '.join(told)}; expected {listed(expected)}", code="missing-name" if missing else "")


def is_uniform(values, kind, low, high):
    """Whether numbers follow the law of a range, by the largest difference (Kolmogorov and Smirnov's), and their places
    in it, from 0 to 1."""
    with np.errstate(all="ignore"):  # numbers below 0 have no logarithm, and follow no law then
        scale = np.log if kind == "log" else np.asarray
        places = (scale(values) - scale(low)) / (scale(high) - scale(low))
    M, ordered = len(places), np.sort(places)
    steps = np.arange(M + 1) / M
    return max(np.max(steps[1:] - ordered), np.max(ordered - steps[:-1])) < KOLMOGOROV, places


def check_log_law(student, seed, low, high):
    """That `log_uniform` has the right law, shapes and type, and draws from the generator alone."""
    draws = student.log_uniform(low, high, generator(seed), (40, 50))
    for size, shape in (((40, 50), (40, 50)), (1, (1,)), ((1, 1), (1, 1))):
        some = draws if size == (40, 50) else student.log_uniform(low, high, generator(seed), size)
        told = f"with size={size} you return {kind_of(plain(some))}; expected an array of shape {shape}"
        right = isinstance(some, np.ndarray) and some.shape == shape
        check(right, told, share=0.5 if some is not draws else 0, code="shape")
    outside = draws[~((draws >= low) & (draws <= high))]
    told = f"{outside.size} of 2000 draws lie outside {low:g} to {high:g}, such as {listed(outside[:3].tolist())}"
    check(not outside.size, told)
    middle = math.sqrt(low * high)
    told, share = NOT_UNIFORM.format("2000 draws"), float(np.mean(draws < middle))
    if abs(share - 0.5) > 0.04:
        told = f"{share:.0%} of your draws from {low:g} to {high:g} lie below {middle:.4g}, the geometric mean"
        told += "; expected 50%"
    check(is_uniform(draws.ravel(), "log", low, high)[0], told)
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
    """That there is a list of configurations, each with the names of the space, and values that lie in it."""
    check_kind(received, list, "what you return")
    for number, config in enumerate(received, 1):
        which = f"configuration {number}"
        check_names(config, space, which)
        for name, (kind, *rest) in space.items():
            value = config[name]
            if kind == "choice":
                told = f"{which}: `{name}` is {listed([value])}; expected one of {listed(rest[0])}"
                check(value in rest[0], told)
                continue
            check_kind(value, (int, float), f"{which}: `{name}`")
            inside = rest[0] * (1 - 1e-9) <= value <= rest[1] * (1 + 1e-9)
            check(inside, f"{which}: `{name}` is {value:.4g}; expected {rest[0]:g} to {rest[1]:g}")


def check_all(received, space, count, counted, share=0.0):
    """That there are so many configurations, all different, and that the values of int ranges are whole numbers."""
    check(len(received) == count, f"{counted} you return {len(received)}; expected {count}", share=share)
    different = len(set(map(as_text, received)))
    told = f"{different} of your {count} configurations are different; expected all of them"
    check(different == count, told, share=0.25)
    whole = [name for name, (kind, *_) in space.items() if kind == "int"]
    odd = next((config[name] for config in received for name in whole if type(config[name]) is not int), None)
    told = f"a value of an int range is {kind_of(odd)}; expected Python ints"
    check(odd is None, told, share=0.5, code="kind")


def check_grid(student, points, space, expected, tell=False):
    """That a grid holds the values of each entry, and each combination once."""
    received = plain(student.grid(space, points))
    check_configs(received, space)
    for name, values in expected.items():
        own, right = (list(dict.fromkeys(map(as_text, some))) for some in ([c[name] for c in received], values))
        told = f"`{name}`, {ENTRIES[space[name][0]]}, has {len(own)} values: {listed(sorted(map(json.loads, own)))}"
        wrong = len(set(own) - set(right))
        check(len(own) == len(right), f"{told}; expected {len(right)}" + (f": {listed(values)}" if tell else ""))
        check(not wrong, f"{told}; expected {listed(values)}" if tell else f"{told}, {wrong} of them wrong")
    product = " × ".join(str(len(values)) for values in expected.values())
    check_all(received, space, math.prod(map(len, expected.values())), f"of {product} configurations")


def check_random_laws(student, seed, space):
    """That `random_search` follows the law of each entry, repeats nothing, and draws from the generator alone."""
    small = {"layers": ("int", 1, 3), "net": ("choice", ["a", "b", "c", "d"])}

    def found(space, n, seed):
        received = plain(student.random_search(space, n, generator(seed)))
        check_configs(received, space)
        return received

    many = found(space, 2000, seed)
    columns = {name: [config[name] for config in many] for name in space}
    places = []
    for name, law in (("rate", NOT_UNIFORM.format("draws")), ("drop", "your draws are not uniform between its ends")):
        uniform, own = is_uniform(columns[name], *space[name])
        check(uniform, f"`{name}`, {ENTRIES[space[name][0]]}: {law}")
        places.append(own)
    for name, values in (("layers", range(space["layers"][1], space["layers"][2] + 1)), ("net", space["net"][1])):
        # five standard deviations and more
        shares = [columns[name].count(value) / len(many) for value in values]
        rarest = values[int(np.argmin(shares))]
        told = (
            f"`{name}`, {ENTRIES[space[name][0]]}: of 2000 draws, the rarest value, {rarest}, gets {min(shares):.0%} "
        )
        told += f"and the commonest {max(shares):.0%}; expected equal shares"
        check(all(abs(share * len(values) - 1) < 0.2 for share in shares), told)
    # dependent entries: a small rate always with a small dropout
    correlation = np.corrcoef(*places)[0, 1]
    told = f"`rate` and `drop` go together (correlation {correlation:.2f}): expected a draw of its own for each entry"
    check(abs(correlation) < 0.12, told)
    check_all(many, space, 2000, "with n=2000")
    for n in (1, 9, 12, 40):
        some = found(small, n, derived_seed(seed, str(n)))
        check_all(some, small, min(n, 12), f"with n={n} and a space of 12 configurations", share=0.5)
    check_all(found(SINGLE, 3, seed), SINGLE, 1, "of a space with a single configuration", share=0.5)
    one, again, other = (found(small, 9, derived_seed(seed, key)) for key in ("9", "9", "10"))
    told = "generators with the same seed give different configurations: are all of them drawn from rng?"
    check(one == again, told, share=0.25, code="seed")
    told = "generators with other seeds give the same configurations: is rng used?"
    check(one != other, told, share=0.25, code="seed")


def check_space(received, expected, tell=False):
    """That a narrower space has the entries that it should have."""
    check_names(received, expected, "your space")
    told = {name: fault for name, entry in expected.items() if (fault := fault_of(received[name], entry))}
    told = {name: f"`{name}`, {ENTRIES[expected[name][0]]}: {fault}" for name, fault in told.items()}
    if tell:
        told = {name: f"{text} ({received[name]}; expected {expected[name]})"[:160] for name, text in told.items()}
    share = 0 if tell else round((1 - len(told) / len(expected)) / 4, 2)
    check(not told, "; ".join(told.values()), share=share)


def fault_of(entry, expected):
    """What is wrong with an entry of a narrower space, or ""."""
    kind, *rest = expected
    if type(entry) not in (tuple, list) or len(entry) != len(expected) or entry[0] != kind:
        return "it has another form than before"
    if kind == "choice":
        return "" if type(entry[1]) in (list, tuple) and list(entry[1]) == rest[0] else "its choices are not as before"
    if any(type(end) not in ((int,) if kind == "int" else (int, float)) for end in entry[1:]):
        return f"its ends are not both {'Python ints' if kind == 'int' else 'numbers'}"
    (low, high), (right_low, right_high) = entry[1:], rest
    ends = {"low": (low, right_low), "high": (high, right_high)}
    wrong = [name for name, pair in ends.items() if not math.isclose(*pair, rel_tol=1e-6, abs_tol=1e-9)]
    if len(wrong) < 2:
        return f"{wrong[0]} is not where it should be" if wrong else ""
    if kind == "log" and low > 0 and high > 0:
        low, high, right_low, right_high = map(math.log, (low, high, right_low, right_high))
    if math.isclose(high - low, right_high - right_low, rel_tol=1e-6):
        return "it is as wide as it should be, and not around the best value"
    if math.isclose(high + low, right_high + right_low, rel_tol=1e-6, abs_tol=1e-9):
        return f"it is around the best value, and too {'wide' if high - low > right_high - right_low else 'narrow'}"
    return "low and high are not where they should be"
