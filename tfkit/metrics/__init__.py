"""What a clinic asks of a classifier: two operating points, intervals over patients, honest probabilities.

scikit-learn does the arithmetic of ROC curves, AUC and calibration; what is here asks the questions the way a
clinic does, and refuses the mistakes that pass unnoticed. For several classes, `sklearn.metrics.confusion_matrix`
and `classification_report` need no help. `tfkit.clinic` is the old name of this package.
"""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
