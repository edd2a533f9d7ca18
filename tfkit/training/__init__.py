"""Training as one program: `fit` for any Keras model whose data fit in memory, `sweep` for many small ones."""

from tfkit.training.fallback import FitFallbackWarning
from tfkit.training.fit import fit
from tfkit.training.loop import NonFiniteLossWarning
from tfkit.training.sweep import SweepResult, sweep

__all__ = ["FitFallbackWarning", "NonFiniteLossWarning", "SweepResult", "fit", "sweep"]
