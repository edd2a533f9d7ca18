# %% [markdown]
# # 00 · TITLE
#
# By the end of this notebook a gradient tape differentiates a loss of yours.
#
# **What holds everywhere.** A row is an example. There are $N$ examples and $d$ features. Tensors are float32. Leave
# what you are given as it is.

# %%
import tensorflow as tf

from tfkit import picture

# %% [markdown]
# ## 00.1 · A gradient by the tape (4 points)
#
# A linear model predicts $\hat y = X w$. Its loss is the mean squared error:
#
# $$L = \frac{1}{N} \sum_i \left(\sum_j x_{ij} w_j - y_i\right)^2$$
#
# The tape watches a `tf.Variable` by itself. Everything between the variable and the loss has to be computed while
# the tape is open.
#
# You will see that it works when the gradient is zero for the weights that made `y`.


# %%
def slope(X: tf.Tensor, y: tf.Tensor, w: tf.Variable) -> tf.Tensor:
    """Return the gradient of the mean squared error of `X w` with respect to `w`.

    Example:

    >>> slope(tf.constant([[1.0, 0.0], [0.0, 1.0]]), tf.constant([0.0, 1.0]), tf.Variable([1.0, 1.0])).numpy().tolist()
    [1.0, 0.0]

    Args:
        X: Tensor (N, d).
        y: Targets, tensor (N,).
        w: Weights, variable (d,).

    Returns:
        Tensor (d,).
    """
    # BEGIN SOLUTION 00.1
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.linalg.matvec(X, w) - y))
    return tape.gradient(loss, w)
    # END SOLUTION


# %% [markdown]
# **Pause.** You compute `tf.linalg.matvec(X, w)` above the line with the tape. What does the tape return?
#
# <details><summary>Answer</summary>
#
# `None`: it has not seen how the loss comes from the variable.
#
# </details>

# %% [markdown]
# ### Picture: downhill
#
# A parabola, and ten steps of its slope from 3 towards the lowest point.


# %%
@picture
def show_descent() -> str:
    """Draw ten steps of gradient descent on a parabola."""
    import matplotlib.pyplot as plt

    X, y = tf.constant([[1.0]]), tf.constant([1.0])
    w = tf.Variable([3.0])
    path = [3.0]
    for _ in range(10):
        w.assign_sub(0.2 * slope(X, y, w))
        path.append(float(w.numpy()[0]))
    _, axes = plt.subplots(figsize=(5, 3))
    axes.plot(path, [(at - 1) ** 2 for at in path], "o-")
    axes.set(xlabel="w", ylabel="loss")
    return f"After ten steps w is {path[-1]:.2f}. The lowest point is at 1."


# %%
if __name__ == "__main__":
    show_descent()
