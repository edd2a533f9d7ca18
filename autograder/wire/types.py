"""Values that have no NumPy equivalent, as the grader sees them. The grader itself holds arrays only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Tensor:
    """A `tf.Tensor` on the student's side; in the grader, the array of its values.

    Attributes:
        array: The values, of the dtype that it is to have.
    """

    array: np.ndarray


@dataclass(frozen=True, eq=False)
class Variable:
    """A trainable `tf.Variable` on the student's side; in the grader, the array of its values.

    Attributes:
        array: The values, of the dtype that it is to have.
    """

    array: np.ndarray


@dataclass(frozen=True)
class Handle:
    """An object that stays in the student process: a Keras model, a data set, an optimizer.

    Attributes:
        id: Its number in that process.
        type: The name of its class, for messages. Text of the student's.
    """

    id: int
    type: str


# the module that a submission is in its own process: `Remote("submission.Dropout", 0.3)` is built of its class
SUBMISSION = "submission"


@dataclass(frozen=True)
class Remote:
    """An object to be built inside the process that is called, in place of an argument.

    It travels from the grader to a student process and never back.

    Example:

    >>> Remote("keras.optimizers.SGD", learning_rate=0.1, momentum=0.9).path
    'keras.optimizers.SGD'

    Attributes:
        path: Dotted path of the callable that builds it.
        arguments: Its positional arguments.
        options: Its keyword arguments.
        steps: Methods to call on the result, in order: `(name, arguments)`.
    """

    path: str
    arguments: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    steps: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    def __init__(self, path: str, *arguments: Any, **options: Any) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "arguments", arguments)
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "steps", ())

    def then(self, method: str, *arguments: Any) -> Remote:
        """This object with `method(*arguments)` called on it, such as `.then("batch", 3)`."""
        extended = Remote(self.path, *self.arguments, **self.options)
        object.__setattr__(extended, "steps", (*self.steps, (method, arguments)))
        return extended
