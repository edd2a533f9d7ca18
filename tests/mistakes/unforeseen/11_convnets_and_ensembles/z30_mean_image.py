"""z30_mean_image: Averages the views and shows the model that one blurred image.

question: 11.12
means: averages images instead of predictions
cause: order
"""

import numpy as np


def predict_tta(model, views):
    return model.predict(np.mean(views, axis=0), verbose=0)
