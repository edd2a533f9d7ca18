"""z31_views_and_images_mixed: Predicts all views at once and folds the answers back with images first.

question: 11.12
means: reshaped with the axes exchanged
cause: axis
"""

import numpy as np


def predict_tta(model, views):
    V, M = views.shape[:2]
    P = np.asarray(model(views.reshape(V * M, *views.shape[2:])))
    return P.reshape(M, V, -1).mean(axis=1)
