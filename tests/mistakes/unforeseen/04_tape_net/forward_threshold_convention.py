"""forward-threshold-convention: the biases are subtracted, as the thresholds of a perceptron are.
question: 04.2
cause: sign
"""


def forward(X, params):
    # neuron fires when w.x exceeds its threshold
    hidden = tf.sigmoid(X @ params["W1"] - params["b1"])
    return hidden @ params["W2"] - params["b2"]
