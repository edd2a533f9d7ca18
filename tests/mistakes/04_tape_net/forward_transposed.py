"""forward-transposed: columns are taken for examples, so the output has shape (k, M).
question: 04.2
cause: transpose, operands-swapped, shape
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(params["W1"], X, transpose_a=True, transpose_b=True) + tf.transpose(params["b1"]))
    return tf.matmul(params["W2"], H, transpose_a=True) + tf.transpose(params["b2"])
