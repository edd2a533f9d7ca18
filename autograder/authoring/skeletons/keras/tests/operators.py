"""Mistakes that this assignment invites, besides the general ones: `build` and `audit` make them in the solution.

A rule is a kind of mistake, what is right and what is wrong. Single letters stand for any expression, capitals for a
value with a name.
"""

from autograder.explain.mutation.operators import rules

OPERATORS = rules(
    "The output is squashed class by class, and does not sum to 1.",
    ("other-activation", "Dense(K, activation='softmax')", "Dense(K, activation='sigmoid')"),
)
