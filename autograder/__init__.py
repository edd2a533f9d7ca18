"""Checks one student, grades a class, explains mistakes, writes reports.

The grader never imports TensorFlow and never runs a student's code: submissions run in processes of their own
(`autograder.isolation`) and answer over a socket with plain values (`autograder.wire`). An assignment's tests are
pytest tests written with `autograder.testing`.
"""


def __getattr__(name: str) -> str:
    """The version, looked up where it is asked for: every process of the grader imports this package."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("tfkit-autograder")
    except PackageNotFoundError:  # a checkout that was never installed
        return "0+unknown"
