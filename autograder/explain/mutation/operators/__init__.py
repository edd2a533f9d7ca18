"""How students err in numerical Python, as changes of one place in a right solution.

Each operator looks at a node of a function's syntax tree, or at the whole function, and gives what a student might have
written there instead. What kind of mistake that is, is told by a code of `kinds.KINDS`.
"""

# importing a module registers its operators
from autograder.explain.mutation.operators import (
    activations,
    arithmetic,
    calls,
    errors,
    reductions,
    statements,
    training,
    values,
    wrappers,
)
from autograder.explain.mutation.operators.registry import Alike, Change, Context, Rewritten, changes, rewritings

__all__ = ["Alike", "Change", "Context", "Rewritten", "changes", "rewritings"]
del activations, arithmetic, calls, errors, reductions, statements, training, values, wrappers
