"""Checks one student, grades a class, explains mistakes, writes reports.

The grader never imports TensorFlow and never runs a student's code: submissions run in processes of their own
(`autograder.isolation`) and answer over a socket with plain values (`autograder.wire`). An assignment's tests are
pytest tests written with `autograder.testing`.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("tfkit-autograder")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
