"""Mistakes that computation graphs invite, besides the general ones: operators know the solution's own lines here."""

import ast
from functools import partial

from autograder.explain.mutation.operators import Operator, Rewritten


def rewritten(name, old, new, function, context):
    """One function of the solution with something else in the place of one of its pieces, or of its whole body."""
    if function.name != name:
        return
    body = ast.unparse(ast.Module(function.body, []))
    if old and body.count(old) != 1:
        raise ValueError(f"expected once in {name}: {old}; received {body.count(old)} times")
    changed = ast.parse(body.replace(old, new) if old else new).body
    first = old.partition("\n")[0]
    holders = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and first in ast.unparse(node)]
    line = holders[-1].lineno if old else function.body[0].lineno
    function.body = changed
    yield Rewritten(line, old or body, new, ast.fix_missing_locations(function))


def instead(doc, function, *rows):
    """Mistakes of one idea in one function: the code, what stands there, and what a student writes."""
    return tuple(Operator(code, doc, old, new, partial(rewritten, function, old, new)) for code, old, new in rows)


CHANGE = "(f(x + h) - f(x - h)) / (2 * h)"
SIDES = ("f(x + h) - f(x)", "f(x) - f(x - h)")
ENTRY = "(f(x + nudge) - f(x - nudge)) / (2 * h)"
ENTRY_SIDES = ("f(x + nudge) - f(x)", "f(x) - f(x - nudge)")
NUDGE = "nudge = np.zeros(x.shape)\n    nudge[index] = h"
STEP = "gradients[operand] += gradients[place] * derivative"
LOSS = "-(y * y_hat.log() + (1 - y) * (1 - y_hat).log())"
SUM = "z = b\nfor weight, feature in zip(w, x, strict=True):\n    z = z + weight * feature"
BY_W = "np.array([node.grad for node in weights])"


def loop_of(body, before=""):
    """`numeric_gradient` with another way of nudging."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"gradient = np.zeros(x.shape)\n{before}for index in np.ndindex(x.shape):\n{lines}\nreturn gradient"


OPERATORS = (
    *instead(
        "Only one side is nudged.",
        "numeric_derivative",
        *(("one-sided", CHANGE, f"({side}) / {way}") for side in SIDES for way in ("h", "(2 * h)")),
        *(("one-sided", CHANGE, f"-({side}) / {way}") for side in SIDES for way in ("h", "(2 * h)")),
    ),
    *instead(
        "The value is nudged instead of x, or only a part of the change is divided.",
        "numeric_derivative",
        ("parentheses", CHANGE, "(f(x) + h - (f(x) - h)) / (2 * h)"),
        ("parentheses", CHANGE, "f(x + h) - f(x - h) / (2 * h)"),
        ("parentheses", CHANGE, "f(x + h) - f(x - h) / 2 * h"),
    ),
    *instead(
        "The nudge is half as large, or twice as large, as was asked for.",
        "numeric_derivative",
        ("constant", CHANGE, "(f(x + h / 2) - f(x - h / 2)) / h"),
        ("constant", CHANGE, "(f(x + 2 * h) - f(x - 2 * h)) / (4 * h)"),
    ),
    *instead(
        "The function that is given is not asked: the formula is that of an example.",
        "numeric_derivative",
        ("not-used", CHANGE, "3 * x ** 2"),
        ("not-used", CHANGE, "3.0"),
    ),
    *instead(
        "A measured derivative is rounded.",
        "numeric_derivative",
        *(("rounding", CHANGE, f"round({CHANGE}, {digits})") for digits in (2, 3, 4, 5, 6)),
        ("rounding", CHANGE, "(f(x + h) - f(x - h)) // (2 * h)"),
    ),
    *instead(
        "Only one side is nudged.",
        "numeric_gradient",
        *(("one-sided", ENTRY, f"({side}) / {way}") for side in ENTRY_SIDES for way in ("h", "(2 * h)")),
        *(("one-sided", ENTRY, f"-({side}) / {way}") for side in ENTRY_SIDES for way in ("h", "(2 * h)")),
    ),
    *instead(
        "Several entries are nudged at once.",
        "numeric_gradient",
        ("wrong-value", "nudge[index] = h", "nudge[...] = h"),
        ("wrong-value", "np.ndindex(x.shape)", "range(len(x))"),
        ("not-reset", "", loop_of(f"nudge[index] = h\ngradient[index] = {ENTRY}", "nudge = np.zeros(x.shape)\n")),
    ),
    *instead(
        "Whole numbers are not nudged, or the result is cut off to whole numbers.",
        "numeric_gradient",
        ("rounding", "gradient = np.zeros(x.shape)", "gradient = np.zeros_like(x)"),
        ("rounding", "nudge = np.zeros(x.shape)", "nudge = np.zeros_like(x)"),
        (
            "rounding",
            "",
            loop_of(
                "up, down = x.copy(), x.copy()\nup[index] = x[index] + h\ndown[index] = x[index] - h\n"
                "gradient[index] = (f(up) - f(down)) / (2 * h)"
            ),
        ),
    ),
    *instead(
        "Another operation is made.",
        "forward",
        ("other-function", "b * c", "b + c"),
        ("other-function", "a + u", "a * u"),
        ("other-function", "3 * v", "v ** 3"),
        ("other-function", "3 * v", "3 + v"),
        ("parentheses", "3 * v", "3 * a + u"),
        ("parentheses", "3 * v", "3 * (a + b) * c"),
        ("hard-coded", "'u': u, 'v': v, 'J': J", "'u': 12.0, 'v': 14.0, 'J': 42.0"),
        ("rounding", "b * c", "int(b * c)"),
        ("rounding", "b * c", "round(b * c)"),
    ),
    *instead(
        "What stands at the arrow is added, divided, or joined by the input itself.",
        "backward",
        ("not-differentiated", "dJ_dv * 1.0, 'b'", "dJ_dv * a, 'b'"),
        ("not-differentiated", "dJ_du * c", "dJ_du * b * c"),
        ("not-differentiated", "dJ_du * b}", "dJ_du * b * c}"),
        (
            "not-differentiated",
            "'a': dJ_dv * 1.0, 'b': dJ_du * c, 'c': dJ_du * b",
            "'a': dJ_dv * a, 'b': dJ_du * b * c, 'c': dJ_du * b * c",
        ),
        (
            "not-differentiated",
            "'a': dJ_dv * 1.0, 'b': dJ_du * c, 'c': dJ_du * b",
            "'a': 3 * (a + b * c), 'b': 3 * (a + b * c), 'c': 3 * (a + b * c)",
        ),
        ("other-function", "'b': dJ_du * c, 'c': dJ_du * b", "'b': dJ_du + c, 'c': dJ_du + b"),
        (
            "other-function",
            "'a': dJ_dv * 1.0, 'b': dJ_du * c, 'c': dJ_du * b",
            "'a': dJ_dv + 1.0, 'b': dJ_du + 1.0 + c, 'c': dJ_du + 1.0 + b",
        ),
        (
            "not-differentiated",
            "'a': dJ_dv * 1.0, 'b': dJ_du * c, 'c': dJ_du * b",
            "'a': dJ_dv * a, 'b': dJ_du * b, 'c': dJ_du * c",
        ),
        ("other-function", "'b': dJ_du * c, 'c': dJ_du * b", "'b': dJ_du / b, 'c': dJ_du / c"),
        ("hard-coded", "'b': dJ_du * c, 'c': dJ_du * b", "'b': 9.0, 'c': 12.0"),
    ),
    *instead(
        "A function of the chain is another one, all the way.",
        "chain",
        ("sign", "y1 = np.exp(-x ** 2)\nd1 = y1 * -2 * x", "y1 = np.exp(x ** 2)\nd1 = y1 * 2 * x"),
        ("missing-function", "t = 1 / y1\ndt = -1 / y1 ** 2 * d1", "t = y1\ndt = d1"),
        ("logarithm", "y4 = np.log(y3)\nd4 = 1 / y3 * d3", "y4 = np.log10(y3)\nd4 = d3 / y3 / np.log(10)"),
        ("wrong-value", "y4 = np.log(y3)\nd4 = 1 / y3 * d3", "y4 = np.log(np.abs(y2))\nd4 = d2 / y2"),
    ),
    *instead(
        "A derivative of the chain belongs to another function.",
        "chain",
        ("exponent", "-1 / y1 ** 2 * d1", "-1 / y1 * 2 * d1"),
        ("other-derivative", "np.cos(t) * dt", "np.sin(t) * dt"),
        ("sign", "np.cos(t) * dt", "-np.cos(t) * dt"),
        ("other-derivative", "-np.sin(y2) * d2", "np.cos(y2) * d2"),
        ("other-derivative", "-np.sin(y2) * d2", "-np.cos(y2) * d2"),
        ("other-derivative", "1 / y3 * d3", "y3 * d3"),
        ("other-derivative", "1 / y3 * d3", "y4 * d3"),
        ("other-derivative", "1 / y3 * d3", "1 / y3 ** 2 * d3"),
        ("other-derivative", "y1 * -2 * x", "y1 * -x ** 2"),
        ("other-derivative", "y1 * -2 * x", "-2 * x * np.exp(-2 * x)"),
        ("other-derivative", "y1 * -2 * x", "np.exp(-2 * x)"),
    ),
    *instead(
        "Derivatives stand where the values belong.",
        "chain",
        (
            "arguments-swapped",
            "'exp': (y1, d1), 'sin': (y2, d2), 'cos': (y3, d3), 'log': (y4, d4)",
            "'exp': (d1, y1), 'sin': (d2, y2), 'cos': (d3, y3), 'log': (d4, y4)",
        ),
    ),
    *instead(
        "The derivatives are those of another operation.",
        "add",
        ("not-differentiated", "(1.0, 1.0)", "(a, b)"),
        ("other-derivative", "(1.0, 1.0)", "(b, a)"),
    ),
    *instead("The derivatives are those of another operation.", "subtract", ("sign", "(1.0, -1.0)", "(a, -b)")),
    *instead(
        "The derivatives are those of another operation.",
        "multiply",
        ("other-derivative", "(b, a)", "(1.0, 1.0)"),
        ("wrong-value", "(b, a)", "(a * b, a * b)"),
    ),
    *instead(
        "A quotient is rounded, or its derivatives are those of something else.",
        "divide",
        ("rounding", "a / b", "a // b"),
        ("missing-factor", "-quotient / b", "-1 / b ** 2"),
        ("other-derivative", "(1 / b, -quotient / b)", "(b, a)"),
        ("other-derivative", "-quotient / b", "a"),
        ("arguments-swapped", "(1 / b, -quotient / b)", "(-quotient / b, 1 / b)"),
    ),
    *instead(
        "Another function than a power, or another rule for it.",
        "power",
        ("extra-term", "n * x ** (n - 1)", "(n - 1) * x ** (n - 1)"),
        ("extra-term", "n * x ** (n - 1)", "(n - 1) * x ** (n - 2)"),
        ("parentheses", "n * x ** (n - 1)", "n * x ** n - 1"),
        ("hard-coded", "(x ** n, n * x ** (n - 1))", "(x ** 2, 2 * x)"),
        ("hard-coded", "n * x ** (n - 1)", "2 * x"),
        ("other-function", "(x ** n, n * x ** (n - 1))", "(x * n, n)"),
        ("other-derivative", "n * x ** (n - 1)", "x ** n * np.log(np.abs(x))"),
    ),
    *instead(
        "Another rule for the exponential.",
        "exp",
        *(("constant", "np.exp(x)", f"{e} ** x") for e in ("2.7", "2.71", "2.718", "2.7183", "2.71828")),
        ("other-derivative", "(result, result)", "(result, x * np.exp(x - 1))"),
        ("other-derivative", "(result, result)", "(result, x * result)"),
        ("other-derivative", "(result, result)", "(result, 1.0)"),
        ("other-derivative", "(result, result)", "(result, 1 / x if x else np.inf)"),
    ),
    *instead(
        "Another rule for the logarithm.",
        "log",
        ("other-derivative", "1 / x", "1 / np.log(x)"),
        ("other-derivative", "1 / x", "np.exp(x)"),
        ("logarithm", "(np.log(x), 1 / x)", "(np.log10(x), 1 / (x * np.log(10)))"),
        ("logarithm", "(np.log(x), 1 / x)", "(np.log2(x), 1 / (x * np.log(2)))"),
        *(
            ("epsilon", "(np.log(x), 1 / x)", f"(np.log(x + {small}), 1 / (x + {small}))")
            for small in ("1e-2", "1e-3", "1e-4", "1e-5", "1e-6")
        ),
    ),
    *instead(
        "Another function than the sigmoid, or its derivative somewhere else.",
        "sigmoid",
        ("derivative-value", "s * (1 - s)", "x * (1 - x)"),
        ("other-activation", "", "s = np.tanh(x)\nreturn (s, 1 - s ** 2)"),
        ("other-activation", "", "return (max(x, 0.0), float(x > 0))"),
    ),
    *instead(
        "Nodes pass on what they have before they have it; only the output passes anything on: numbers alike.",
        "backpropagate",
        ("one-step", "reversed(list(enumerate(tape)))", "enumerate(tape)"),
        ("one-step", "reversed(list(enumerate(tape)))", "list(enumerate(tape))[-1:]"),
    ),
    *instead(
        "The result stands from right to left.",
        "backpropagate",
        ("reversed", "return gradients", "return gradients[::-1]"),
    ),
    *instead(
        "Contributions are lost, or joined in another way.",
        "backpropagate",
        ("counted-once", "in operands", "in dict(operands).items()"),
        ("counted-once", "in operands", "in dict(reversed(operands)).items()"),
        (
            "counted-once",
            STEP,
            "gradients[operand] = gradients[operand] or gradients[place] * derivative",
        ),
        ("accumulation", STEP, "gradients[operand] = gradients[place] * derivative"),
        ("early-end", "in operands", "in operands[:1]"),
        ("missing-term", "in operands", "in operands[-1:]"),
        ("other-function", STEP, "gradients[operand] += gradients[place] + derivative"),
        (
            "counted-once",
            STEP,
            "gradients[operand] = max(gradients[operand], gradients[place] * derivative, key=abs)",
        ),
        ("wrong-value", STEP, "gradients[operand] += gradients[-1] * derivative"),
        (
            "averaged",
            STEP,
            f"{STEP} / sum(one == operand for use in tape for one, _ in use)",
        ),
    ),
    *instead(
        "Other nodes than the last one begin with 1, or it begins with something else.",
        "backpropagate",
        ("start-value", "[0.0] * (len(tape) - 1) + [1.0]", "[1.0] * len(tape)"),
        ("start-value", "[0.0] * (len(tape) - 1) + [1.0]", "[1.0] + [0.0] * (len(tape) - 1)"),
        (
            "other-function",
            "",
            "gradients = [1.0] * len(tape)\nfor place, operands in reversed(list(enumerate(tape))):\n"
            "    for operand, derivative in operands:\n        gradients[operand] *= gradients[place] * derivative\n"
            "return gradients",
        ),
        ("zero", "[0.0] * (len(tape) - 1) + [1.0]", "[0.0] * len(tape)"),
    ),
    *instead(
        "Another number of a node is read.",
        "graph_gradient",
        ("wrong-value", "node.grad", "node.data"),
        ("wrong-value", "output.data", "output.grad"),
        ("zero", "f(inputs)", "f([Value(number) for number in x])"),
    ),
    *instead(
        "The loss is another one.",
        "logistic_graph",
        ("sign", LOSS, "-y * y_hat.log() + (1 - y) * (1 - y_hat).log()"),
        ("other-function", LOSS, "(y_hat - y) ** 2"),
        ("other-function", LOSS, "(y_hat - y) ** 2 / 2"),
        ("parentheses", LOSS, "-(y * y_hat.log() + (1 - y) * (1 - y_hat.log()))"),
        ("logarithm", LOSS, f"{LOSS} / np.log(2)"),
        ("logarithm", LOSS, f"{LOSS} / np.log(10)"),
        ("other-function", LOSS, "-(y * y_hat + (1 - y) * (1 - y_hat))"),
        ("partial-loss", LOSS, "-(y * y_hat.log())"),
        ("partial-loss", LOSS, "-((1 - y) * (1 - y_hat).log())"),
        ("weights-swapped", LOSS, "-((1 - y) * y_hat.log() + y * (1 - y_hat).log())"),
    ),
    *instead(
        "The sum of the weighted features is another one.",
        "logistic_graph",
        ("repeated-step", "z + weight * feature", "z + weight * feature + b"),
        ("repeated-step", SUM, SUM.replace("z = b", "z = 0") + " + b"),
        ("averaged", SUM, SUM.replace("z = b", "z = 0") + "\nz = z / len(x) + b"),
        ("averaged", SUM, SUM + "\nz = z / len(x)"),
        ("accumulation", "z + weight * feature", "b + weight * feature"),
        ("other-function", "weight * feature", "(weight + feature)"),
    ),
    *instead(
        "Other numbers than the derivatives are given.",
        "logistic_gradient",
        ("wrong-value", BY_W, "w"),
        ("wrong-value", BY_W, "bias.grad * w"),
        ("extra-term", f"{BY_W}, 'b': bias.grad", f"w - {BY_W}, 'b': b - bias.grad"),
        ("wrong-value", "bias.grad", "b"),
        ("zero", "weights, bias, y", "weights, Value(b), y"),
        (
            "extra-derivative",
            f"{BY_W}, 'b': bias.grad",
            "(lambda p: (p - y) * p * (1 - p) * x)(sigmoid(w @ x + b)[0]), "
            "'b': (lambda p: (p - y) * p * (1 - p))(sigmoid(w @ x + b)[0])",
        ),
    ),
)
