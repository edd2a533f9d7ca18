"""q-new-values: collects from fresh nodes.
question: 01.9
cause: zero, wrong-value
"""

import numpy as np


def graph_gradient(f, x):

    output = f([Value(one) for one in x])
    output.backward()
    return {"value": output.data, "gradient": np.array([Value(one).grad for one in x])}
