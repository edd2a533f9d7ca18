"""What is wrong with the place where results are kept, not with a result."""


class GradebookError(Exception):
    """The gradebook cannot be used; the message is one line that says what to do."""
