"""Which function of a solution belongs to which question, and which others it builds on."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from autograder.engine.runs import Test
from autograder.explain.mutation.homes import homes_of
from autograder.explain.mutation.roles import callers


@dataclass(frozen=True)
class Parts:
    """The functions that students write.

    Attributes:
        questions: The question of each.
        groundwork: For each, the functions of other questions that it uses, directly or through others.
    """

    questions: dict[str, str] = field(default_factory=dict)
    groundwork: dict[str, frozenset[str]] = field(default_factory=dict)

    def functions_of(self, questions: Collection[str]) -> frozenset[str]:
        """The functions of some questions."""
        return frozenset(name for name, question in self.questions.items() if question in questions)

    def reach(self, test: Test) -> frozenset[str]:
        """The functions of other questions that a test's question builds on, and those that this test waits for."""
        own = self.functions_of([test.question.id])
        asked = [name for name in test.uses if self.questions.get(name) in test.question.after]
        return frozenset(self.under([*own, *asked])) - own

    def under(self, names: Iterable[str]) -> list[str]:
        """Functions, each with its groundwork after it; each once."""
        found = (one for name in names for one in (name, *sorted(self.groundwork.get(name, ()))))
        return list(dict.fromkeys(found))

    @classmethod
    def of(cls, solution: str) -> Parts:
        """Reads them from a solution, whose marks tell which question is answered where.

        Example:

        >>> mark = "    # BEGIN SOLUTION 1.{}{}    return {}{}    # END SOLUTION{}"
        >>> f, g = (mark.format(n, chr(10), what, chr(10), chr(10)) for n, what in ((1, "1"), (2, "f()")))
        >>> Parts.of("def f():" + chr(10) + f + "def g():" + chr(10) + g).groundwork["g"]
        frozenset({'f'})
        """
        homes, questions = homes_of(solution), {}
        for node in ast.parse(solution).body:
            if isinstance(node, ast.FunctionDef) and node.lineno in homes:
                questions[node.name] = homes[node.lineno]
        users = callers(solution)
        groundwork = {
            name: frozenset(
                other for other in questions if name in users[other] and questions[other] != questions[name]
            )
            for name in questions
        }
        return cls(questions, groundwork)
