"""What the tests draw from: its seed alone."""

from autograder.testing import Fixture, Sizes


class Seeded(Fixture):
    """Two seeds: `problem.seed`."""

    sizes = (Sizes(draws=7), Sizes(draws=11))
