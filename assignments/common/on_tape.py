"""Whether a tape follows what a submission computes: what left TensorFlow on its way has no slope."""

from common.tapes import tape_slopes

from autograder.testing import Remote, check


def check_slope(student, name, arguments, share=0.0):
    """That a tape follows a function from its first argument to its value."""
    (slope,) = tape_slopes(student, name, [arguments])
    told = f"no gradient comes through `{name}`: is all of it computed by TensorFlow?"
    check(slope is not None, told, share=share, code="disconnected")


def check_slopes(student, name, given, variables, share=0.0):
    """That a tape follows a function from variables, which it gets as a dict after what else is given."""
    stack = student.make(Remote("contextlib.ExitStack"))
    try:
        tape = stack.enter_context(Remote("tensorflow.GradientTape", persistent=True))
        made = {key: student.make(Remote("tensorflow.Variable", value.array)) for key, value in variables.items()}
        value = student.make(Remote(f"submission.{name}", given, {key: one.handle for key, one in made.items()}))
    finally:
        stack.close()
    lost = [key for key, one in made.items() if tape.gradient(value, one) is None]
    told = f"no gradient comes through `{name}` to {', '.join(lost)}: is all of it computed by TensorFlow?"
    check(not lost, told, share=share, code="disconnected")
