# %% [markdown]
# # 20 · A line through points

# %%
import numpy as np

# %% [markdown]
# ## 20.1 · The line (2 points)
#
# The value of a line with weights and a bias.


# %%
def line(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return the values of the line.

    Args:
        X: Array (M, n).
        w: Array (n,).
        b: A number.

    Returns:
        Array (M,).
    """
    # BEGIN SOLUTION 20.1
    return X @ w + b
    # END SOLUTION


# %% [markdown]
# ## 20.2 · How far the points are from it (3 points)


# %%
def loss(y_hat: np.ndarray, y: np.ndarray) -> float:
    """Return the mean squared error.

    Args:
        y_hat: Array (M,).
        y: Array (M,).

    Returns:
        A Python float.
    """
    # BEGIN SOLUTION 20.2
    error = y_hat - y
    return float(np.mean(error**2))
    # END SOLUTION
