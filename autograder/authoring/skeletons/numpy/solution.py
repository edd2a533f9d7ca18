# %% [markdown]
# # 00 · TITLE
#
# By the end of this notebook you have averaged measurements of which some count more than others.
#
# **What holds everywhere.** A row is an example. There are $N$ examples and $d$ features. Leave what you are given
# as it is. float64 arrays give float64 results.

# %%
import numpy as np

from tfkit import picture

# %% [markdown]
# ## 00.1 · A weighted mean (4 points)
#
# Two instruments measure the same thing, and one of them is three times as good. Then its number should count
# three times:
#
# $$\bar x_j = \frac{\sum_i w_i x_{ij}}{\sum_i w_i}$$
#
# You will see that it works when equal weights give the ordinary mean, however large they are.


# %%
def weighted_mean(X: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the mean of the rows, each of which counts as much as its weight.

    Example:

    >>> weighted_mean(np.array([[1.0, 2.0], [3.0, 6.0]]), np.array([3.0, 1.0])).tolist()
    [1.5, 3.0]

    Args:
        X: Array (N, d).
        weights: Array (N,), positive numbers.

    Returns:
        Array (d,).
    """
    # BEGIN SOLUTION 00.1
    return weights @ X / np.sum(weights)
    # END SOLUTION


# %% [markdown]
# **Pause.** You double all weights. What happens to the mean?
#
# <details><summary>Answer</summary>
#
# Nothing: the sum above the line doubles, and so does the one below it.
#
# </details>

# %% [markdown]
# ### Picture: what one weight does
#
# Three points and their mean, while the weight of one of them grows. The mean walks towards that point.


# %%
@picture
def show_pull() -> str:
    """Draw three points, and their mean for growing weights of the last."""
    import matplotlib.pyplot as plt

    X = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 0.5]])
    means = np.array([weighted_mean(X, np.array([1.0, 1.0, weight])) for weight in (1.0, 3.0, 9.0, 27.0)])
    _, axes = plt.subplots(figsize=(5, 3))
    axes.plot(X[:, 0], X[:, 1], "o", label="points")
    axes.plot(means[:, 0], means[:, 1], "x-", label="mean")
    axes.legend()
    return f"The mean ends at x = {means[-1, 0]:.2f}, close to 3."


# %%
if __name__ == "__main__":
    show_pull()
