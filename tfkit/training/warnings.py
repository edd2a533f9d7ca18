"""What training says without stopping the program."""

from __future__ import annotations


class FitFallbackWarning(UserWarning):
    """Says that `tfkit.fit` handed the work to `model.fit`, and why.

    The result is right, and comes at the speed of `model.fit`. Each reason is given once per process.

    Example:

    >>> import warnings
    >>> warnings.simplefilter("ignore", FitFallbackWarning)
    """


class NonFiniteLossWarning(UserWarning):
    """Says that a training was stopped because its loss was NaN or infinite, and what to try.

    Example:

    >>> import warnings
    >>> warnings.simplefilter("error", NonFiniteLossWarning)  # to stop the whole program instead
    """
