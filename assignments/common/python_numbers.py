"""Whether numbers are Python's own, where a docstring asks for that."""

import numpy as np

from autograder.testing import Remote, Tensor, Variable, check


def check_float(value, what):
    """That a number which is right is a Python float, which prints as a plain number."""
    if type(value) in (Tensor, Variable):
        came = "a number of TensorFlow's"
    elif isinstance(value, np.ndarray):
        came = "a number of NumPy's"
    else:
        came = "no float" if type(value) is not int else "an int"
    check(type(value) is float, f"{what} has the right value, but it is {came}. Expected a Python float.", code="kind")


def check_returns_float(student, name, arguments, what, key=None):
    """The same of what a function returns, or of one entry of its dict: `numpy.float64` travels as a float."""
    returned = Remote(f"submission.{name}", *arguments)
    made = student.make(returned if key is None else returned.then("__getitem__", key))
    told = f"{what} has the right value, but it is a {made.type}. Expected a Python float."
    check(made.type == "float", told, code="kind")
