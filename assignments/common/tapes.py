"""What a gradient tape says of a function that a student wrote."""

from autograder.testing import Remote, check


def tape_slopes(student, name, cases):
    """What a tape gives, case by case, that watches the first argument while the submission computes a function."""
    stack = student.make(Remote("contextlib.ExitStack"))
    try:
        tape = stack.enter_context(Remote("tensorflow.GradientTape", persistent=True))
        pairs = []
        for first, *others in cases:
            watched = student.make(Remote("tensorflow.identity", first))
            tape.watch(watched)
            pairs.append((student.make(Remote(f"submission.{name}", watched.handle, *others)), watched))
    finally:
        stack.close()
    for value, watched in pairs:
        told = f"`{name}` returns a {value.type}: a tape needs a tensor, computed by TensorFlow alone"
        check("Tensor" in value.type, told, code="off-the-tape")
        yield tape.gradient(value, watched)
