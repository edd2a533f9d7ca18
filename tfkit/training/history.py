"""What a training run leaves behind, in the shape that Keras made familiar."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tfkit._arguments import as_numbers, described

if TYPE_CHECKING:
    import pandas


@dataclass
class History:
    """The losses of a training run, one per epoch.

    It has the two attributes of Keras's own history, so that whatever reads one reads the other, and
    nothing else of it: no reference to the model, so that keeping a hundred histories keeps no model alive.

    Example:

    >>> history = History.of_losses([0.5, 0.25])
    >>> history.epoch, history.history
    ([0, 1], {'loss': [0.5, 0.25]})
    >>> history.to_frame()
           loss
    epoch
    0      0.50
    1      0.25

    Attributes:
        epoch: Numbers of the epochs, from 0.
        history: A list of floats per quantity, such as `"loss"`, each as long as `epoch`.
    """

    epoch: list[int] = field(default_factory=list)
    history: dict[str, list[float]] = field(default_factory=dict)

    @classmethod
    def of_losses(cls, losses: list[float]) -> History:
        """Make a history that holds the losses alone."""
        if not isinstance(losses, (list, tuple, np.ndarray)):
            raise ValueError(f"expected a list of losses, received {described(losses)}")
        losses = as_numbers("losses", losses).tolist()
        return cls(list(range(len(losses))), {"loss": [float(loss) for loss in losses]})

    @property
    def losses(self) -> list[float]:
        """The losses, `history["loss"]`."""
        return self.history["loss"]

    def to_frame(self) -> pandas.DataFrame:
        """Return a table: one row for each epoch, one column for each quantity."""
        import pandas

        return pandas.DataFrame(self.history, index=pandas.Index(self.epoch, name="epoch"))
