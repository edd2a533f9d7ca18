"""The table of operators: every line of it is what it makes, and an author's mistakes cost little."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.assignment.definition import Assignment
from autograder.assignment.fixtures import course_module
from autograder.explain.mutation.extra import Extra
from autograder.explain.mutation.mutants import _by_operator, context_of, mutants_of
from autograder.explain.mutation.operators import TABLE, Context, Operator
from autograder.explain.mutation.roles import Roles
from autograder.facts.kinds import CODES

COMMON = Path(__file__).parents[2] / "assignments" / "common"
SHARED = [one for path in sorted(COMMON.glob("*_mistakes.py")) for one in course_module(path).OPERATORS]
ALL = [*TABLE, *SHARED]
# what running the solution would have shown of an example
KNOWN = Context(
    alike=(("v", "w"), ("y", "s"), ("q", "w"), ("r", "s")),
    dicts=(("params", "grads"),),
    sizes={"Y.shape[0]": (7,), "Y.shape[1]": (3,)},
    weighted=("d",),
    activated=("p",),
    divisors=("len(Y)", "n"),
    scalars=("rate", "mu"),
    functions=("predict",),
    gradients=("slope",),
    kinds={"params": "variables", "optimizer": "optimizer", "rng": "generator"},
    arrays=("y", "a"),
    like_result=("s",),
    is_number=True,
)


def made_by(operator: Operator) -> set[str]:
    """What an operator makes of its own example, as texts of a function."""
    before, after = operator.example
    text = (
        before if re.search(r"^\s*(return|for|with|\w+ \+?= |\w[\w.]*\(.*\)$)", before, re.M) and operator.make else ""
    )
    is_wrapper = "right(" in before
    body = "return f(a)" if is_wrapper else text or f"return {before}"
    names = "a, b" if is_wrapper and ", b" in before else "a" if is_wrapper else "a, b, v, n, Y, params, optimizer"
    source = f"def wanted({names}):\n" + "\n".join(f"    {line}" for line in body.splitlines())
    tree = ast.parse(source)
    (function,) = tree.body
    context = context_of(function, tree, {}, Roles(), None)
    library = "tf" if "tf." in before + after else "np"
    kept = {name: getattr(context, name) for name in ("results", "modules", "counts")}
    kinds = {name: kind for name, kind in KNOWN.kinds.items() if name in before}
    measures = "series" if "series" in operator.doc else "rows"
    context = replace(KNOWN, **kept, kinds=kinds, library=library, measures=measures)
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    return {one.source for one in _by_operator(operator, function, "wanted", nodes, context)} - {ast.unparse(tree)}


@pytest.mark.parametrize("operator", ALL, ids=[f"{one.code}: {one.before} → {one.after}"[:90] for one in ALL])
def test_an_operator_makes_its_own_example(operator):
    _, after = operator.example
    found = made_by(operator)
    assert found, "it makes nothing of its example"
    try:
        wanted = ast.unparse(ast.parse(after, mode="eval").body)
    except SyntaxError:
        wanted = after
    plain, wanted = ({re.sub(r"\b(np|tf|tf\.math)\.", "", text) for text in texts} for texts in (found, [wanted]))
    is_formula = re.search(r"\b(sigmoid|tanh|relu|softmax)\(", after)
    assert is_formula or any(part in text for part in wanted for text in plain), (wanted, sorted(plain)[:5])


def test_codes_have_a_sentence_and_docs_are_sentences():
    for operator in ALL:
        assert operator.code in CODES and operator.doc.endswith(".")


# an author's own operators


def assignment(folder: Path, text: str) -> Assignment:
    (folder / "01_own" / "tests").mkdir(parents=True)
    (folder / "01_own" / "assignment.toml").write_text('framework = "numpy"\n')
    (folder / "01_own" / "tests" / "operators.py").write_text(text)
    return Assignment.load(folder / "01_own")


IMPORT = "from autograder.explain.mutation.operators import Operator, rules\nimport ast\n"


def test_an_assignments_own_operators_join(tmp_path):
    extra = Extra(assignment(tmp_path, IMPORT + "OPERATORS = rules('Gone.', ('zero', 'a + 7', 'a'))\n"))
    assert not extra.complaints
    found = mutants_of("def f(a):\n    return a + 7", ["f"], operators=extra.operators)
    assert (found[0].code, found[0].after) == ("zero", "a")


@pytest.mark.parametrize(
    "text, said",
    [
        ("OPERATORS = (\n", "operators.py:1: SyntaxError"),
        ("1 / 0\n", "operators.py:1: ZeroDivisionError"),
        ("OPERATORS = ()\n", "received none"),
        (IMPORT + "OPERATORS = rules('Gone.', ('no-such', 'a', 'b'))\n", "received Operator\\(code='no-such'"),
        (IMPORT + "OPERATORS = rules('Gone.', ('zero', 'a +', 'b'))\n", "operators.py:3: SyntaxError"),
    ],
)
def test_a_broken_file_is_told_and_grading_goes_on(tmp_path, text, said):
    extra = Extra(assignment(tmp_path, text))
    assert extra.operators == ()
    (line,) = extra.complaints
    assert re.search(said, line) and "\n" not in line


def test_an_operator_that_raises_is_told_and_the_others_go_on(tmp_path):
    text = IMPORT + "def bad(node, context):\n    yield node.no_such\n"
    text += "OPERATORS = (Operator('zero', 'Bad.', 'a', 'b', bad, ast.Name), *rules('G.', ('zero', 'a + 7', 'a')))\n"
    extra = Extra(assignment(tmp_path, text))
    found = mutants_of("def f(a):\n    return a + 7", ["f"], operators=extra.operators, broken=extra.broken)
    assert found[0].code == "zero" and len(found) > 3
    (line,) = extra.complaints
    assert re.search(r"operators.py:4: AttributeError.*fix `yield node.no_such`", line)
