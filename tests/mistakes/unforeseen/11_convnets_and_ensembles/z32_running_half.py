"""z32_running_half: Averages the result so far with each next model, so the last one weighs one half.

question: 11.13
means: repeated halving instead of mean
cause: other-mean
"""

import numpy as np


def average_ensemble(models, X):
    result = np.asarray(models[0](X))
    for model in models[1:]:
        result = (result + np.asarray(model(X))) / 2
    return result
