"""Pictures, in one style: every function draws on `ax`, or on a new figure, and returns the axes."""

from tfkit.plots.activations import plot_activations
from tfkit.plots.clinic import plot_calibration, plot_confusion, plot_roc
from tfkit.plots.gradient_check import plot_gradient_check
from tfkit.plots.graphs import plot_graph
from tfkit.plots.history import plot_history
from tfkit.plots.losses import plot_losses
from tfkit.plots.search import plot_objective, plot_parallel_coordinates, plot_random_against_grid
from tfkit.plots.style import LINE_STYLES, PALETTE
from tfkit.plots.sweep import plot_sweep

__all__ = [
    "LINE_STYLES",
    "PALETTE",
    "plot_activations",
    "plot_calibration",
    "plot_confusion",
    "plot_gradient_check",
    "plot_graph",
    "plot_history",
    "plot_losses",
    "plot_objective",
    "plot_parallel_coordinates",
    "plot_random_against_grid",
    "plot_roc",
    "plot_sweep",
]
