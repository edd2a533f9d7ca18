"""Whether a function is right without a warning of NumPy."""

from autograder.testing import CheckFailed, Remote, check

# NumPy's warnings that tell of a number too large, or of none at all
WARNINGS = ("over", "divide", "invalid")


def assert_quiet(student, name, *arguments):
    """Asserts that a call whose values are right gives no warning either, and does not hide one."""
    # a file may have switched them off while it was loaded
    student.make(Remote("numpy.seterr", **dict.fromkeys(WARNINGS, "warn")))
    silenced = "the values are right, but a warning of NumPy is silenced: compute it so that none comes up"
    try:
        warned = getattr(student, name).call(*arguments).warnings
    except CheckFailed as failure:
        check(failure.facts[0].values.get("error") != "ForbiddenCall", silenced, code="unstable")
        raise
    check(not warned, f"the values are right, but NumPy warns: {', '.join(warned)}", code="unstable")
    settings = student.make(Remote("numpy.geterr"))
    check(all(settings.get(kind) == "warn" for kind in WARNINGS), silenced, code="unstable")
