"""Errors that a person can fix: printed as one line, exit status 2, never a traceback."""


class UsageError(Exception):
    """Wrong usage or a broken environment; the message says what was expected, what came, what to do."""
