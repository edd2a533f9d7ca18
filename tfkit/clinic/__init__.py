"""What a clinic asks of a classifier: two operating points, intervals over patients, honest probabilities.

scikit-learn does the arithmetic of ROC curves, AUC and calibration; what is here asks the questions the way a
clinic does, and refuses the mistakes that pass unnoticed. For several classes, `sklearn.metrics.confusion_matrix`
and `classification_report` need no help.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfkit.clinic.calibration import CalibrationCurve, calibration_curve, expected_calibration_error
    from tfkit.clinic.intervals import Interval, bootstrap_interval
    from tfkit.clinic.multi_label import LabelWeights, multi_label_weights
    from tfkit.clinic.operating_points import Confusion, OperatingPoint, apply_threshold, operating_point
    from tfkit.clinic.roc import RocCurve, auc, roc_curve
    from tfkit.clinic.taxonomy import coarse_from_fine
    from tfkit.clinic.weighted_losses import WeightedBinaryCrossentropy, weighted_binary_crossentropy

__all__ = [
    "CalibrationCurve",
    "Confusion",
    "Interval",
    "LabelWeights",
    "OperatingPoint",
    "RocCurve",
    "WeightedBinaryCrossentropy",
    "apply_threshold",
    "auc",
    "bootstrap_interval",
    "calibration_curve",
    "coarse_from_fine",
    "expected_calibration_error",
    "multi_label_weights",
    "operating_point",
    "roc_curve",
    "weighted_binary_crossentropy",
]

_MODULE_OF = {
    "CalibrationCurve": "calibration",
    "Confusion": "operating_points",
    "Interval": "intervals",
    "LabelWeights": "multi_label",
    "OperatingPoint": "operating_points",
    "RocCurve": "roc",
    "WeightedBinaryCrossentropy": "weighted_losses",
    "apply_threshold": "operating_points",
    "auc": "roc",
    "bootstrap_interval": "intervals",
    "calibration_curve": "calibration",
    "coarse_from_fine": "taxonomy",
    "expected_calibration_error": "calibration",
    "multi_label_weights": "multi_label",
    "operating_point": "operating_points",
    "roc_curve": "roc",
    "weighted_binary_crossentropy": "weighted_losses",
}


def __getattr__(name: str) -> Any:
    """Load a name on first use: all but the losses do without TensorFlow."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'tfkit.clinic' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(importlib.import_module(f"tfkit.clinic.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
