"""Mistakes that this assignment invites, besides the general ones: `build` and `audit` make them in the solution.

A rule is a kind of mistake, what is right and what is wrong. Single letters stand for any expression, capitals for a
value with a name.
"""

from autograder.explain.mutation.operators import rules

OPERATORS = rules(
    "The weights are not what is divided by, or they are taken for something else.",
    ("wrong-count", "np.sum(W)", "len(W)"),
    ("exponent", "W @ X / np.sum(W)", "W**2 @ X / np.sum(W**2)"),
)
