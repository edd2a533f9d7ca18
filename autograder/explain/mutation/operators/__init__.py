"""How students err in numerical Python, as changes of one place in a right solution: the table is `operators.md`."""

from autograder.explain.mutation.operators.operator import Context, Operator, Rewritten, rules
from autograder.explain.mutation.operators.patterns import Alike
from autograder.explain.mutation.operators.table import TABLE

__all__ = ["TABLE", "Alike", "Context", "Operator", "Rewritten", "rules"]
