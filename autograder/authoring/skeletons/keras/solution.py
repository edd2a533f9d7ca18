# %% [markdown]
# # 00 · TITLE
#
# By the end of this notebook you have built a network that tells classes apart.
#
# **What holds everywhere.** A row is an example.

# %%
import keras
import numpy as np

from tfkit import picture

# %% [markdown]
# ## 00.1 · Two layers (4 points)
#
# A dense layer multiplies by a matrix, adds a bias and applies its activation:
#
# $$H = \max(X W_1 + b_1, 0), \qquad P = \mathrm{softmax}(H W_2 + b_2)$$
#
# You will see that it works when every row of the output sums to 1.


# %%
def build_classifier(features: int, units: int, classes: int) -> keras.Model:
    """Return a network with a hidden layer of rectifiers and a softmax over the classes.

    It knows its number of features, so that its weights are there from the start.

    Example:

    >>> [weight.shape for weight in build_classifier(4, 5, 3).get_weights()]
    [(4, 5), (5,), (5, 3), (3,)]

    Args:
        features: Number of features of an example.
        units: Number of hidden units.
        classes: Number of classes.

    Returns:
        A Keras model from (N, features) to probabilities (N, classes).
    """
    # BEGIN SOLUTION 00.1
    return keras.Sequential(
        [
            keras.Input((features,)),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
    # END SOLUTION


# %% [markdown]
# **Pause.** You leave out the rectifier. Which networks of one layer does the result equal?
#
# <details><summary>Answer</summary>
#
# One with the weights $W_1 W_2$: two linear layers are one linear layer.
#
# </details>

# %% [markdown]
# ### Picture: before training
#
# The probabilities of three classes along a line. Nothing is trained yet, and the curves bend already.


# %%
@picture
def show_classes() -> str:
    """Draw the probabilities of three classes along a line."""
    import matplotlib.pyplot as plt

    x = np.linspace(-3, 3, 101, dtype=np.float32)[:, np.newaxis]
    P = np.asarray(build_classifier(1, 8, 3)(x))
    _, axes = plt.subplots(figsize=(5, 3))
    axes.plot(x, P)
    axes.set(xlabel="x", ylabel="probability")
    return f"The probabilities of an example sum to {P.sum(axis=1).mean():.2f}."


# %%
if __name__ == "__main__":
    show_classes()
