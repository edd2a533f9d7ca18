"""q-no-backward: forgot backward().
question: 01.9
cause: zero, missing-step
"""

import numpy as np


def graph_gradient(f, x):

    nodes = [Value(one) for one in x]
    output = f(nodes)
    return {"value": output.data, "gradient": np.array([one.grad for one in nodes])}
