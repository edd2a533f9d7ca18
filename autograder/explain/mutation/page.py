"""The page of operators: every kind of mistake with its examples, written from the table itself."""

from __future__ import annotations

from pathlib import Path

from autograder.explain.mutation.operators import TABLE

_PAGE = Path(__file__).parents[1] / "operators.md"
_HEAD = """# Mistakes that are made on purpose

Written by `python -m autograder.explain.mutation.page` from the one table `mutation/operators/`; every line is a test.
Single letters stand for any expression, capitals for a value with a name; `len(Y)` for how many examples there are,
`rate` for an argument that is one number, `w` for a value of the shape of `v`, `np.tanh` for any activation, `X @ W` for
any weighted sum. `mean(a, ...)` is the function of that name in any library, or the method.

An assignment declares operators of its own in `operators.py` beside its tests, or by `operators = [...]` in
`assignment.toml`: a tuple `OPERATORS` of rules such as `rules("A sum is doubled.", ("factor-two", "sum(a)", "2 * sum(a)"))`.
"""


def page() -> str:
    """The page as Markdown."""
    lines = [_HEAD]
    docs = dict.fromkeys(operator.doc for operator in TABLE)
    for doc in docs:
        lines += [f"**{doc}**", "", "| kind | right | wrong |", "|---|---|---|"]
        for operator in TABLE:
            if operator.doc == doc:
                lines.append(f"| {operator.code} | {' | '.join(map(_cell, operator.example))} |")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return "<br>".join(f"`{line.replace('|', chr(92) + '|')}`" for line in text.splitlines())


if __name__ == "__main__":
    _PAGE.write_text(page(), "utf-8")
