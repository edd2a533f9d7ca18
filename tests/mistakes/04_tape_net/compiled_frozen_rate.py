"""compiled-frozen-rate: the update is written by hand with the learning rate frozen as a Python float, without momentum.
question: 04.8
cause: not-used, missing-term, fresh-state
"""


def train_compiled(dataset, params, optimizer, epochs):
    rate = float(optimizer.learning_rate)

    @tf.function(reduce_retracing=True)
    def step(X, Y):
        loss = mse_loss(forward(X, params), Y)
        grads = gradients(X, Y, params)
        for name in params:
            params[name].assign_sub(rate * grads[name])
        return loss

    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(step(X, Y)) * rows
            count += rows
        losses.append(total / count)
    return losses
