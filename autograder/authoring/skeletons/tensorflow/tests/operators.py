"""Mistakes that this assignment invites, besides the general ones: `build` and `audit` make them in the solution.

A rule is a kind of mistake, what is right and what is wrong. Single letters stand for any expression, capitals for a
value with a name.
"""

from autograder.explain.mutation.operators import rules

OPERATORS = rules(
    "The loss is another one.",
    ("other-function", "tf.square(a)", "tf.abs(a)"),
)
