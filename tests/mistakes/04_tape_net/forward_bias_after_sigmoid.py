"""forward-bias-after-sigmoid: b1 is added after the sigmoid instead of before it.
question: 04.2
cause: order
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(X, params["W1"])) + params["b1"]
    return tf.matmul(H, params["W2"]) + params["b2"]
