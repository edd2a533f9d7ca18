"""How students err in numerical Python, as changes of one place in a right solution: one table of operators.

`operators.md` shows every one with its example. An assignment declares more of them beside its tests.
"""

from autograder.explain.mutation.operators.arithmetic import ARITHMETIC
from autograder.explain.mutation.operators.calls import CALLS
from autograder.explain.mutation.operators.functions import FUNCTIONS
from autograder.explain.mutation.operators.operator import EXAMPLE, Context, Operator, Rewritten, rules
from autograder.explain.mutation.operators.patterns import Alike
from autograder.explain.mutation.operators.steps import STEPS

# of two that make the same text of a function, the earlier one names it
TABLE: tuple[Operator, ...] = (*FUNCTIONS, *ARITHMETIC, *STEPS, *CALLS)

__all__ = ["EXAMPLE", "TABLE", "Alike", "Context", "Operator", "Rewritten", "rules"]
