# %% [markdown]
# # 11 · Convolutions and ensembles
#
# A dense layer that looks at an image has a weight for every pixel, and knows nothing of the next one. A
# convolutional layer has a small filter and slides it over the whole image: an edge is an edge wherever it is.
#
# First you write a convolution and a pooling by hand, forward and backward, until they agree with TensorFlow to
# the last digit. Then you take Keras's layers and read digits with them. At the end you get more out of networks
# that are already trained: by showing them several views of an image, and by letting several networks speak.
#
# **Conventions.** Images have the shape $(M, h, w, c)$: $M$ images, $h$ rows, $w$ columns, $c$ channels. Filters
# have the shape $(k_h, k_w, c, f)$: $f$ filters, each as deep as the image. Both are what TensorFlow uses. In
# parts A and B everything is a NumPy array of float64, and loops over *positions* are fine. `stride` is one whole
# number, for rows and columns alike. `padding` is `"valid"`, no padding, or `"same"`, which 11.3 explains.

# %%
import math

import keras
import numpy as np
import tensorflow as tf

from tfkit import picture

# %% [markdown]
# ## A · Sizes
#
# Before a single number is multiplied you can say what comes out of a layer, and what it costs.

# %% [markdown]
# ## 11.1 · How large is what comes out? (2 points)
#
# A filter of $k$ pixels fits into $n$ pixels at several places. You move it by `stride` each time. Without
# padding it must lie inside the image. With `"same"` there is one place for every stride that begins in the
# image:
#
# $$n_\text{valid} = \left\lfloor \frac{n - k}{\text{stride}} \right\rfloor + 1 \qquad
# n_\text{same} = \left\lceil \frac{n}{\text{stride}} \right\rceil$$
#
# In the lecture a 5×5 filter slides over 32×32 pixels one by one, and finds 28×28 places.


# %%
def output_size(size: int, kernel: int, stride: int, padding: str) -> int:
    """Return how many places a filter has along one axis of an image.

    Example:

    >>> output_size(32, 5, 1, "valid"), output_size(28, 5, 1, "valid")
    (28, 24)
    >>> output_size(7, 2, 2, "valid"), output_size(7, 2, 2, "same")
    (3, 4)

    Args:
        size: Pixels of the image along this axis.
        kernel: Pixels of the filter along this axis, at most `size`.
        stride: By how many pixels the filter moves.
        padding: `"valid"` or `"same"`.

    Returns:
        A whole number, 1 or more.
    """
    return -(-size // stride) if padding == "same" else (size - kernel) // stride + 1


# %% [markdown]
# ## 11.2 · What a layer costs (2 points)
#
# Each filter makes one *activation map*, and the maps are stacked like the channels of an image. So six 5×5
# filters turn 32×32×3 into 28×28×6, and ten more turn that into 24×24×10. A filter is always as deep as what it
# looks at: one output of the first layer is a dot product of 5 · 5 · 3 = 75 numbers, plus a bias.
#
# The parameters do not depend on the size of the image. That is the whole trick.


# %%
def layer_counts(shape: tuple[int, int, int], kernel: int, filters: int, stride: int, padding: str) -> dict[str, int]:
    """Count what comes out of a convolutional layer with square filters, and what it is made of.

    Example:

    >>> layer_counts((32, 32, 3), 5, 6, 1, "valid")
    {'height': 28, 'width': 28, 'depth': 6, 'products': 75, 'parameters': 456}

    Args:
        shape: Height, width and channels of the image.
        kernel: Height and width of the filters.
        filters: How many there are.
        stride: By how many pixels they move.
        padding: `"valid"` or `"same"`.

    Returns:
        `"height"`, `"width"` and `"depth"` of the output; `"products"`, the multiplications for one number of the
        output; `"parameters"`, all weights and biases of the layer, one bias a filter.
    """
    *hw, c = shape
    h, w = (output_size(n, kernel, stride, padding) for n in hw)
    return dict(height=h, width=w, depth=filters, products=(p := kernel**2 * c), parameters=filters * (p + 1))


# %% [markdown]
# ## 11.3 · Zeros around the image (2 points)
#
# With `"same"` the filter may stick out of the image. Zeros fill what it needs there. With $n_\text{same}$
# outputs the filter covers this many pixels, and the difference to $n$ is shared between both ends:
#
# $$\text{total} = \max\bigl((n_\text{same} - 1)\,\text{stride} + k - n,\; 0\bigr)$$
#
# If the total is odd, one side gets a zero more. In TensorFlow that is the end. Run the cell: it slides a filter
# of three ones over the pixels 1, 2, 3, 4 with stride 2. One zero is needed. At the end, the sums are 6 and 7; at
# the beginning, they would be 3 and 9.

# %%
tf.nn.conv2d(np.array([1.0, 2, 3, 4]).reshape(1, 1, 4, 1), np.ones((1, 3, 1, 1)), 2, "SAME").numpy().ravel()


# %%
def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Return how many zeros `"same"` puts before and after an image along one axis.

    Example:

    >>> same_padding(4, 3, 2), same_padding(28, 5, 1), same_padding(6, 2, 3)
    ((0, 1), (2, 2), (0, 0))

    Args:
        size: Pixels of the image along this axis.
        kernel: Pixels of the filter along this axis.
        stride: By how many pixels the filter moves.

    Returns:
        Two whole numbers: zeros before and zeros after. If they cannot be equal, there is one more after.
    """
    t = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return t // 2, t - t // 2


# %% [markdown]
# **Pause.** A dense layer that turns 32×32×3 into 28×28×6 has a weight for each pair of numbers. How many is
# that, against the 456 of the convolution?
#
# <details><summary>Answer</summary>
#
# 3072 · 4704, more than 14 million. The convolution looks at 75 numbers at a time, and treats all places alike.
# What is to be seen in a picture is mostly near by, and may be anywhere, so little is lost.
#
# </details>

# %% [markdown]
# ## B · By hand
#
# TensorFlow's own convolutions, poolings and tapes are refused in this part. You are writing them.

# %% [markdown]
# ## 11.4 · Convolution (5 points)
#
# One output is the filter times the window below it, added up over rows, columns *and channels*, plus the bias:
#
# $$Y_{mijf} = b_f + \sum_{p,\,q,\,c} X_{m,\; i\,\text{stride} + p,\; j\,\text{stride} + q,\; c} \; W_{pqcf}$$
#
# $X$ is the image with its zeros around it. Mathematicians turn the filter upside down first and call only that a
# convolution. Networks do not: the filter 1, 2, 3 on the pixels 1, 2, 3, 4 gives 14 and 20, and not 10 and 16.
#
# A good way: a loop over $i$ and one over $j$. Inside, cut out the window for all images at once, and let
# `np.tensordot(window, W, axes=3)` or `np.einsum` do the sums.


# %%
pads = lambda X, W, s, padding: [(0, 0), *(same_padding(n, k, s) if padding == "same" else (0, 0) for n, k in zip(X.shape[1:3], W.shape)), (0, 0)]  # fmt: skip
slide = lambda X, kh, kw, s: np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(1, 2))[:, ::s, ::s]


def conv2d(X: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int, padding: str) -> np.ndarray:
    """Slide filters over images.

    Example:

    >>> X, W = np.array([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 4, 1), np.array([1.0, 2.0, 3.0]).reshape(1, 3, 1, 1)
    >>> conv2d(X, W, np.zeros(1), 1, "valid").ravel().tolist()
    [14.0, 20.0]
    >>> conv2d(X, W, np.ones(1), 2, "same").ravel().tolist()
    [15.0, 12.0]

    Args:
        X: Images, shape (M, h, w, c).
        W: Filters, shape (kh, kw, c, f).
        b: A bias for each filter, shape (f,).
        stride: By how many pixels the filters move.
        padding: `"valid"` or `"same"`.

    Returns:
        Activation maps, shape (M, height, width, f).
    """
    P = np.pad(X, pads(X, W, stride, padding))
    return np.einsum("mijcpq,pqcf->mijf", slide(P, *W.shape[:2], stride), W, optimize=True) + b


# %% [markdown]
# ## 11.5 · The way back (5 points)
#
# Somebody above tells you how the loss depends on each output: $D_{mijf} = \partial L / \partial Y_{mijf}$. The
# formula of 11.4 has three letters on its right side, so there are three gradients. Go through the same places
# again. At each of them the window meets $D_{mij}$:
#
# - each **weight** was multiplied with a pixel of the window: add pixel times $D$, over all images and places,
# - each **pixel** was multiplied with a weight, in several windows: add weight times $D$ to the pixels of this window,
# - the **bias** was added everywhere.
#
# For example, the filter 1, 2, 3 lies over the pixels 1, 2, 3 first and over 2, 3, 4 next. If $D$ is 1 and 10,
# pixel 2 gets $2 \cdot 1$ from the first window and $1 \cdot 10$ from the second, 12 in all.
#
# With `"same"`, work on the image with its zeros, and cut them off at the end. The zeros have gradients too, but
# nobody wants them.


# %%
def conv2d_backward(D: np.ndarray, X: np.ndarray, W: np.ndarray, stride: int, padding: str) -> dict[str, np.ndarray]:
    """Return the gradients of a loss by the images, the filters and the biases of a convolution.

    Example:

    >>> X, W = np.array([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 4, 1), np.array([1.0, 2.0, 3.0]).reshape(1, 3, 1, 1)
    >>> grads = conv2d_backward(np.array([1.0, 10.0]).reshape(1, 1, 2, 1), X, W, 1, "valid")
    >>> grads["X"].ravel().tolist(), grads["W"].ravel().tolist(), grads["b"].tolist()
    ([1.0, 12.0, 23.0, 30.0], [21.0, 32.0, 43.0], [11.0])

    Args:
        D: Gradient of the loss by what `conv2d` returned, shape (M, height, width, f).
        X: The images that were given to it, shape (M, h, w, c).
        W: The filters, shape (kh, kw, c, f).
        stride: By how many pixels the filters moved.
        padding: `"valid"` or `"same"`.

    Returns:
        The gradients `"X"`, `"W"` and `"b"`, each of the shape of its array; `"b"` has the shape (f,).
    """
    P, (t, l) = np.pad(X, z := pads(X, W, stride, padding)), (z[1][0], z[2][0])
    (kh, kw), (_, H, V, _), (_, h, w, _) = W.shape[:2], D.shape, X.shape
    dP = np.zeros(P.shape)
    for p, q in np.ndindex(kh, kw):
        dP[:, p : p + (H - 1) * stride + 1 : stride, q : q + (V - 1) * stride + 1 : stride] += D @ W[p, q].T
    dW = np.einsum("mijcpq,mijf->pqcf", slide(P, kh, kw, stride), D, optimize=True)
    return {"X": dP[:, t : t + h, l : l + w], "W": dW, "b": D.sum((0, 1, 2))}


# %% [markdown]
# ## 11.6 · Max pooling (2 points)
#
# Of each window of `size` by `size` pixels only the largest stays, channel by channel. There is no padding and
# nothing to learn. The maps get smaller, and a small shift of the image changes little.


# %%
def max_pool(X: np.ndarray, size: int, stride: int) -> np.ndarray:
    """Keep the largest number of each window, for each channel by itself.

    Example:

    >>> max_pool(np.array([[1.0, 2, 5], [4, 3, 0]]).reshape(1, 2, 3, 1), 2, 1).ravel().tolist()
    [4.0, 5.0]

    Args:
        X: Images, shape (M, h, w, c), of any sign.
        size: Height and width of a window.
        stride: By how many pixels it moves; windows may overlap. What is left over at the ends is not looked at.

    Returns:
        Array (M, height, width, c).
    """
    return slide(X, size, size, stride).max((-2, -1))


# %% [markdown]
# ## 11.7 · Who gets the gradient? (4 points)
#
# The winner takes all: the pixel that was the largest of its window gets the whole gradient of that window, and
# the others get 0. Two windows that overlap may have the same winner. Then it gets both.
#
# And if two pixels of a window are equally large? After a ReLU that happens all the time: a window full of zeros.
# Then the *first* of them gets it, row by row from the top left, as in TensorFlow. Who hands it to all of them
# returns more than came in.


# %%
def max_pool_backward(D: np.ndarray, X: np.ndarray, size: int, stride: int) -> np.ndarray:
    """Return the gradient of a loss by the images that were pooled.

    Of several equal winners in one window the first counts, row by row from the top left.

    Example:

    >>> X = np.array([[1.0, 4, 4], [4, 3, 0]]).reshape(1, 2, 3, 1)
    >>> max_pool_backward(np.array([10.0, 1.0]).reshape(1, 1, 2, 1), X, 2, 1)[0, :, :, 0].tolist()
    [[0.0, 11.0, 0.0], [0.0, 0.0, 0.0]]

    Args:
        D: Gradient of the loss by what `max_pool` returned, shape (M, height, width, c).
        X: The images that were given to it, shape (M, h, w, c).
        size: Height and width of a window.
        stride: By how many pixels it moved.

    Returns:
        The gradient, shape (M, h, w, c).
    """
    m, i, j, c = np.indices(D.shape)
    best = slide(X, size, size, stride).reshape(*D.shape, -1).argmax(-1)
    np.add.at(G := np.zeros(X.shape), (m, i * stride + best // size, j * stride + best % size, c), D)
    return G


# %% [markdown]
# ## The picture of part B
#
# Above: a digit, and what three filters make of it, with your `conv2d` and `"same"`. Edges that run down light up
# in one map, edges that run across in another. The fourth picture is the blurred one after your `max_pool`.
#
# Below: your gradients, entry by entry, against those that you get by nudging each number a little. All points
# lie on the line. Points beside it belong to a gradient that is wrong; the title says which.


# %%
@picture
def show_by_hand() -> str:
    """Draw three filters on a digit, and gradients by hand against nudged ones."""
    import matplotlib.pyplot as plt

    from tfkit import load_mnist_5k, numeric_gradient

    image = load_mnist_5k().X[2007].reshape(1, 28, 28, 1) / 255
    edge = np.array([[-1.0, 0, 1]] * 3)
    filters = np.stack([edge, edge.T, np.full((3, 3), 1 / 9)], axis=-1)[:, :, None, :]
    maps = conv2d(image, filters, np.zeros(3), 1, "same")
    gap = np.abs(maps - tf.nn.conv2d(image, filters, 1, "SAME")).max()
    shown = {
        "the digit": image[0, :, :, 0],
        "edges that run down": maps[0, :, :, 0],
        "edges that run across": maps[0, :, :, 1],
        "blurred and pooled": max_pool(maps[..., 2:], 2, 2)[0, :, :, 0],
    }
    figure, panels = plt.subplots(2, 4, figsize=(11, 5.6))
    for panel, (title, values) in zip(panels[0], shown.items(), strict=True):
        high = np.abs(values).max()
        panel.imshow(values, cmap="RdBu", vmin=-high, vmax=high)
        panel.set_title(title, fontsize=10)
        panel.axis("off")

    rng = np.random.default_rng(0)
    X, W, b = rng.normal(size=(2, 6, 5, 2)), rng.normal(size=(3, 2, 2, 3)), rng.normal(size=3)
    D = rng.normal(size=conv2d(X, W, b, 2, "same").shape)
    E = rng.normal(size=max_pool(X, 2, 1).shape)
    yours = {**conv2d_backward(D, X, W, 2, "same"), "pooling": max_pool_backward(E, X, 2, 1)}
    nudged = {
        "X": numeric_gradient(lambda X: float((D * conv2d(X, W, b, 2, "same")).sum()), X),
        "W": numeric_gradient(lambda W: float((D * conv2d(X, W, b, 2, "same")).sum()), W),
        "b": numeric_gradient(lambda b: float((D * conv2d(X, W, b, 2, "same")).sum()), b),
        "pooling": numeric_gradient(lambda X: float((E * max_pool(X, 2, 1)).sum()), X),
    }
    worst = 0.0
    for panel, (name, expected) in zip(panels[1], nudged.items(), strict=True):
        panel.axline((0, 0), slope=1, color="grey", linewidth=0.8)
        panel.plot(np.ravel(expected), np.ravel(yours[name]), ".", markersize=5)
        panel.set(title=f"gradient: {name}", xlabel="nudged", ylabel="by hand")
        worst = max(worst, float(np.abs(expected - yours[name]).max()))
    figure.tight_layout()
    return f"Your maps differ from TensorFlow's by {gap:.0e} at most, your gradients from nudged ones by {worst:.0e}."


# %%
if __name__ == "__main__":
    show_by_hand()

# %% [markdown]
# **Pause.** You nudge a pixel of a window that holds four zeros, as after a ReLU. Up by a little, down by a
# little: what does the central difference say, and what does TensorFlow?
#
# <details><summary>Answer</summary>
#
# Up, the maximum follows; down, the other zeros keep it at 0. So the central difference says ½ for each of the
# four, and TensorFlow says 1 for the first and 0 for the others. At a corner there is no right answer, only an
# agreement. That is why the picture above has no ties in it.
#
# </details>

# %% [markdown]
# ## C · A network that reads digits
#
# From here on use Keras's layers, and float32.

# %% [markdown]
# ## 11.8 · Build it (2 points)
#
# Convolution, ReLU, pooling, and again: each block sees larger pieces of the image than the one before, and has
# more filters. At the end the maps are laid out in one row, and a dense layer decides.


# %%
def build_cnn(shape: tuple[int, int, int], filters: list[int], k: int) -> keras.Sequential:
    """Build a convolutional network that tells k classes apart.

    For each entry of `filters` there is a block: a convolution with that many 3×3 filters, padding `"same"` and
    ReLU, and a max pooling of 2×2 with stride 2. After the blocks come a flat layer, and a dense one with k
    probabilities that add up to 1.

    Example:

    >>> model = build_cnn((28, 28, 1), [8, 16], 10)
    >>> model.output_shape, [weight.shape for weight in model.get_weights()][::2]
    ((None, 10), [(3, 3, 1, 8), (3, 3, 8, 16), (784, 10)])

    Args:
        shape: Height, width and channels of an image.
        filters: Number of filters of each block, first to last; perhaps none.
        k: Number of classes.

    Returns:
        A model with weights, not compiled.
    """
    L = keras.layers
    body = [l for f in filters for l in (L.Conv2D(f, 3, padding="same", activation="relu"), L.MaxPooling2D(2, 2))]
    return keras.Sequential([keras.Input(shape), *body, L.Flatten(), L.Dense(k, activation="softmax")])


# %% [markdown]
# ## 11.9 · More digits from the same digits (3 points)
#
# A digit that is moved by a pixel is the same digit. So move them, each by steps of its own, and the network sees
# new images in every epoch. Think of your data first: a mirrored 3 is no digit at all, and a 6 that stands on its
# head is another digit. So you shift digits, and never flip them.


# %%
def shift_images(images: np.ndarray, most: int, rng: np.random.Generator) -> np.ndarray:
    """Move each image by a whole number of pixels, down or up and right or left.

    Both numbers are drawn for each image, from -most to most, both included, all equally likely. What
    leaves the image is lost, and zeros come in at the other side.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> shift_images(np.ones((2, 3, 3, 1)), 0, rng).sum(), shift_images(np.ones((2, 3, 3, 1)), 1, rng).shape
    (np.float64(18.0), (2, 3, 3, 1))

    Args:
        images: Array (M, h, w, c).
        most: The largest shift, 0 or more, and less than h and w.
        rng: Draws the shifts.

    Returns:
        A new array of the same shape and dtype.
    """
    (M, h, w, _), z = images.shape, (most, most)
    P, at = np.pad(images, ((0, 0), z, z, (0, 0))), rng.integers(0, 2 * most, (M, 2), endpoint=True)
    return np.array([p[i : i + h, j : j + w] for p, (i, j) in zip(P, at)], images.dtype).reshape(images.shape)


# %% [markdown]
# ## 11.10 · Train it (3 points)
#
# Only what is trained on is augmented. Draw the shifts anew in every epoch: shifted once, it would be just
# another set of fixed images. `model.fit(…, epochs=1, verbose=0)` inside a loop will do.


# %%
def train_cnn(
    images: np.ndarray, labels: np.ndarray, filters: list[int], epochs: int, most: int, seed: int
) -> keras.Model:
    """Train the network of `build_cnn` on digits that are shifted anew in every epoch.

    The optimizer is Adam with a learning rate of 0.01, the loss the cross-entropy of the class numbers, a batch has 32
    examples. The same seed gives the same model, another seed another one.

    Example:

    >>> images, labels = np.random.default_rng(0).uniform(size=(20, 8, 8, 1)).astype("float32"), np.arange(20) % 10
    >>> model = train_cnn(images, labels, [4], epochs=1, most=1, seed=0)
    >>> model(images).shape
    TensorShape([20, 10])

    Args:
        images: Pixels from 0 to 1, float32, shape (M, h, w, c); they stay as they are.
        labels: Whole numbers from 0 to 9, shape (M,).
        filters: Number of filters of each block, perhaps none.
        epochs: How often each image is seen.
        most: By how many pixels images are shifted at most.
        seed: Decides the weights, the order and the shifts.

    Returns:
        The trained model with ten outputs.
    """
    keras.utils.set_random_seed(seed)
    rng, model = np.random.default_rng(seed), build_cnn(images.shape[1:], filters, 10)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    for _ in range(epochs):
        model.fit(shift_images(images, most, rng), labels, batch_size=32, epochs=1, verbose=0)
    return model


# %% [markdown]
# ## The picture of part C
#
# Trained on 1,500 digits of MNIST, which takes some ten seconds. Above, the filters of the first layer, and below
# each what *your* `conv2d` and a ReLU make of the digit with it. Last row: four digits, and beside each its
# *saliency*, how much each pixel would change the answer. It should light up on and around the strokes. Maps that
# are all black belong to filters that have died.


# %%
def saliency(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return how much each pixel changes the logarithm of the most probable class: the size of that slope."""
    pixels = tf.constant(images)
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        best = tf.reduce_sum(tf.math.log(tf.reduce_max(model(pixels), axis=1)))
    return np.abs(tape.gradient(best, pixels)).max(axis=-1)


def mnist_parts(*sizes: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return as many parts of MNIST as there are sizes: images with pixels from 0 to 1, and their labels."""
    from tfkit import load_mnist_5k

    mnist = load_mnist_5k()
    order = np.random.default_rng(0).permutation(len(mnist.X))[: sum(sizes)]
    images, labels = (mnist.X[order] / 255).reshape(-1, 28, 28, 1).astype("float32"), mnist.Y[order].argmax(axis=1)
    ends = np.cumsum(sizes)[:-1]
    return list(zip(np.split(images, ends), np.split(labels, ends), strict=True))


def accuracy(P: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of the examples whose most probable class is the right one."""
    return float(np.mean(np.argmax(P, axis=1) == labels))


@picture
def show_network() -> str:
    """Train on MNIST; draw filters, feature maps and saliency."""
    import matplotlib.pyplot as plt

    (images, labels), (X, Y) = mnist_parts(1500, 1000)
    models = {most: train_cnn(images, labels, [8, 16], 5, most, seed=0) for most in (0, 2)}
    W, b = models[2].get_weights()[:2]
    maps = np.maximum(conv2d(X[1:2].astype(float), W.astype(float), b.astype(float), 1, "same"), 0)
    figure, panels = plt.subplots(3, 8, figsize=(11, 4.6))
    for filter in range(8):
        panels[0, filter].imshow(W[:, :, 0, filter], cmap="RdBu", vmin=-np.abs(W).max(), vmax=np.abs(W).max())
        panels[1, filter].imshow(maps[0, :, :, filter], cmap="gray", vmin=0, vmax=maps.max())
    for place, (image, slope) in enumerate(zip(X[:4], saliency(models[2], X[:4]), strict=True)):
        panels[2, 2 * place].imshow(image[:, :, 0], cmap="gray")
        panels[2, 2 * place + 1].imshow(slope, cmap="inferno")
    for row, title in zip(panels, ("filters", "feature maps", "digits and saliency"), strict=True):
        row[0].set_title(title, fontsize=10, loc="left")
        for panel in row:
            panel.set(xticks=[], yticks=[])
    figure.tight_layout()
    moved = shift_images(X, 3, np.random.default_rng(1))
    told = [
        f"trained on {name}, {accuracy(models[most](X), Y):.1%} of new digits are right, "
        f"and {accuracy(models[most](moved), Y):.1%} when they are shifted by up to 3 pixels"
        for most, name in ((0, "digits as they are"), (2, "shifted digits"))
    ]
    return f"{told[0][0].upper()}{told[0][1:]}; {told[1]}."


# %%
if __name__ == "__main__":
    show_network()

# %% [markdown]
# **Pause.** Your data are chest X-rays, and the label is "heart on the right side", which is rare and matters.
# Which of these may you use to augment: shifts, small turns, mirroring left and right, other brightness?
#
# <details><summary>Answer</summary>
#
# All but mirroring: it would turn a heart on the left into one on the right, and keep the label. Of a skin lesion
# any flip or turn is as good an image as the first.
#
# </details>

# %% [markdown]
# ## D · Ask more than once
#
# The network is trained. Now show it several views of one image, and average what it says. The lecture's recipe
# has ten: four corners, the centre, and all five mirrored.

# %% [markdown]
# ## 11.11 · Ten crops (2 points)
#
# A view of $s$ pixels in the centre begins $\lfloor (h - s) / 2 \rfloor$ pixels from the top, and likewise from
# the left. Mirrored views make sense where a mirrored image still belongs to its class. That depends on your
# data, so it is an argument.


# %%
def ten_crop(images: np.ndarray, size: int, mirror: bool) -> np.ndarray:
    """Cut square views out of images: four corners and the centre, and the same five mirrored if that makes sense.

    Example:

    >>> views = ten_crop(np.arange(16.0).reshape(1, 4, 4, 1), 2, mirror=True)
    >>> views.shape, views[1].ravel().tolist(), views[6].ravel().tolist()
    ((10, 1, 2, 2, 1), [2.0, 3.0, 6.0, 7.0], [3.0, 2.0, 7.0, 6.0])

    Args:
        images: Array (M, h, w, c).
        size: Height and width of a view, at most h and w.
        mirror: Whether a mirrored image still belongs to its class.

    Returns:
        Array (10, M, size, size, c), or (5, M, size, size, c) without mirroring: top left, top right, bottom left,
        bottom right, centre, and then these five mirrored left to right.
    """
    _, h, w, _ = images.shape
    at = [*((i, j) for i in (0, h - size) for j in (0, w - size)), ((h - size) // 2, (w - size) // 2)]
    V = np.stack([images[:, i : i + size, j : j + size] for i, j in at])
    return np.r_[V, V[:, :, :, ::-1]] if mirror else V


# %% [markdown]
# ## 11.12 · The mean of all views (2 points)
#
# Average the probabilities, and choose the class afterwards. A vote of labels forgets how sure the network was,
# and the mean of the *images* is a blurred image that the network has never seen.


# %%
def predict_tta(model: keras.Model, views: np.ndarray) -> np.ndarray:
    """Return the mean of what a model says about several views of each image.

    Example:

    >>> model = keras.Sequential([keras.Input((2, 2, 1)), keras.layers.GlobalMaxPooling2D()])
    >>> np.asarray(predict_tta(model, ten_crop(np.arange(16.0).reshape(1, 4, 4, 1), 2, mirror=False))).tolist()
    [[10.0]]

    Args:
        model: A model of images (M, h, w, c).
        views: Array (V, M, h, w, c): V views of M images.

    Returns:
        The mean over the views, shape (M, k).
    """
    return np.mean([model(v, training=False) for v in views], axis=0)


# %% [markdown]
# ## The picture of part D
#
# On the left, ten views of a skin lesion (synthetic; no image shows a patient). All ten could be photographs. On
# the right, digits of MNIST, 26 of 28 pixels wide: how many are read wrongly with the centre alone, with five
# views, and with all ten. Five views may gain a few digits. The mirrored ones cost many.


# %%
@picture
def show_views() -> str:
    """Draw ten views of a lesion, and what views do for digits."""
    import matplotlib.pyplot as plt

    from tfkit import make_lesions

    figure = plt.figure(figsize=(11, 3.6))
    left, right = figure.subfigures(1, 2, width_ratios=(3, 2))
    lesions = make_lesions(12, seed=0)
    largest = lesions.masks.sum(axis=(1, 2)).argmax()
    lesion = lesions.images[largest, :, :, None][None]
    for panel, view in zip(left.subplots(2, 5).flat, ten_crop(lesion, 24, mirror=True), strict=True):
        panel.imshow(view[0], cmap="copper", vmin=0, vmax=1)
        panel.axis("off")

    (images, labels), (X, Y) = mnist_parts(1500, 3000)
    model = train_cnn(ten_crop(images, 26, mirror=False)[4], labels, [8, 16], 4, 1, seed=1)
    views = ten_crop(X, 26, mirror=True)
    found = {
        "centre": accuracy(model(views[4]), Y),
        "five views": accuracy(predict_tta(model, views[:5]), Y),
        "ten, five of\nthem mirrored": accuracy(predict_tta(model, views), Y),
    }
    panel = right.subplots()
    panel.bar(list(found), [100 * (1 - part) for part in found.values()], color=["grey", "C0", "C3"])
    panel.set(ylabel="digits read wrongly, in percent")
    right.subplots_adjust(left=0.15, bottom=0.18)
    one, five, ten = found.values()
    return f"Of the digits {one:.1%} are right with the centre alone, {five:.1%} with five views, {ten:.1%} with ten."


# %%
if __name__ == "__main__":
    show_views()

# %% [markdown]
# ## E · Ask more than one
#
# Networks that start from other weights make other mistakes. The lecture says: train several, average their
# results, and enjoy 2 % extra performance.

# %% [markdown]
# ## 11.13 · Average (2 points)
#
# Once more the probabilities are averaged. The *weights* of two networks cannot be: unit 3 of one has nothing to
# do with unit 3 of the other.


# %%
def average_ensemble(models: list[keras.Model], X: np.ndarray) -> np.ndarray:
    """Return the mean of what several models say about the same examples.

    Example:

    >>> models = [keras.Sequential([keras.Input((2, 2, 1)), layer()]) for layer in
    ...           (keras.layers.GlobalMaxPooling2D, keras.layers.GlobalAveragePooling2D)]
    >>> np.asarray(average_ensemble(models, np.arange(4.0).reshape(1, 2, 2, 1))).tolist()
    [[2.25]]

    Args:
        models: One or more models with outputs of one shape.
        X: Examples, shape (M, …).

    Returns:
        The mean over the models, shape (M, k).
    """
    return np.mean([m(X, training=False) for m in models], axis=0)


# %% [markdown]
# ## 11.14 · Train one, get several (4 points)
#
# Five networks take five times as long. *Snapshots* take no longer than one: the learning rate falls from its
# full value to almost 0, the network settles, you keep a copy of its weights, and the rate jumps up again and
# throws the network out, towards another minimum. With $T$ steps in a cycle, the step number $t = 0, 1, 2,
# \ldots$, counted over the whole training, has the rate
#
# $$\eta_t = \frac{\eta}{2} \left( 1 + \cos \frac{\pi \,(t \bmod T)}{T} \right)$$
#
# A step is a batch, and a short last batch counts as one. In `fit` a callback can set
# `model.optimizer.learning_rate` before each batch; `keras.optimizers.schedules.CosineDecayRestarts` is the same
# formula with other names. Or write the loop with `train_on_batch`.


# %%
def snapshot_ensemble(
    model: keras.Model, X: np.ndarray, Y: np.ndarray, cycles: int, epochs: int, learning_rate: float, batch_size: int
) -> list[list[np.ndarray]]:
    """Train a model in several cycles of a falling learning rate, and keep its weights at the end of each.

    The rate begins each cycle at `learning_rate` and falls, step by step, along half a cosine. The model's own
    optimizer does the steps; weights and its memory go on from one cycle to the next. Examples are shuffled.

    Example:

    >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    >>> model.compile("sgd", "mse")
    >>> snapshots = snapshot_ensemble(model, np.ones((7, 1)), np.ones((7, 1)), 3, 2, 0.1, 4)
    >>> len(snapshots), [weight.shape for weight in snapshots[0]]
    (3, [(1, 1), (1,)])

    Args:
        model: A compiled model; changed in place.
        X: Examples, shape (M, …).
        Y: Their targets, shape (M, …).
        cycles: Number of snapshots.
        epochs: Epochs of each cycle.
        learning_rate: The rate at the beginning of each cycle.
        batch_size: Examples for each step.

    Returns:
        For each cycle the weights of the model at its end, as `model.get_weights()` gives them.
    """
    T, t = epochs * math.ceil(len(X) / batch_size), iter(range(10**12))

    def fall(batch, logs=None):
        model.optimizer.learning_rate = learning_rate / 2 * (1 + math.cos(math.pi * (next(t) % T) / T))

    once = dict(batch_size=batch_size, epochs=epochs, shuffle=True, verbose=0)
    cosine = lambda: [keras.callbacks.LambdaCallback(on_train_batch_begin=fall)]
    return [model.fit(X, Y, callbacks=cosine(), **once) and model.get_weights() for _ in range(cycles)]


# %% [markdown]
# ## The picture of part E
#
# The small digits: 300 to learn from, and 1,497 for the test. On the left, five networks from five seeds and
# their average. On the right, five snapshots of one network and theirs. The lower the better. The average beats
# the mean of its members, on 50 seeds of 50, and now and then the best of them. Snapshots that are all equal are
# five names of one list.


# %%
def with_weights(model: keras.Model, snapshots: list[list[np.ndarray]]) -> list[keras.Model]:
    """Return a copy of a model for each list of weights; `clone_model` copies the layers, and no weights."""
    members = [keras.models.clone_model(model) for _ in snapshots]
    for member, weights in zip(members, snapshots, strict=True):
        member.set_weights(weights)
    return members


def cross_entropy(P: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean cross-entropy of probabilities."""
    return float(-np.mean(np.log(np.maximum(np.asarray(P)[np.arange(len(labels)), labels], 1e-7))))


@picture
def show_ensembles() -> str:
    """Draw members and averages of two ensembles on the small digits."""
    import matplotlib.pyplot as plt

    from tfkit import load_digits

    digits = load_digits()
    order = np.random.default_rng(0).permutation(len(digits.X))
    X = (digits.X[order] / 16).reshape(-1, 8, 8, 1).astype("float32")
    Y = digits.Y[order].argmax(axis=1)
    keras.utils.set_random_seed(0)
    single = build_cnn((8, 8, 1), [8], 10)
    single.compile(keras.optimizers.SGD(momentum=0.9), "sparse_categorical_crossentropy")
    ensembles = {
        "five seeds": [train_cnn(X[:300], Y[:300], [8], 8, 0, seed) for seed in range(5)],
        "five snapshots": with_weights(single, snapshot_ensemble(single, X[:300], Y[:300], 5, 8, 0.2, 32)),
    }
    figure, panels = plt.subplots(1, 2, figsize=(9, 3.6), sharey=True)
    told = []
    for panel, (name, models) in zip(panels, ensembles.items(), strict=True):
        members = [cross_entropy(model(X[300:]), Y[300:]) for model in models]
        together = average_ensemble(models, X[300:])
        panel.bar([*"12345", "average"], [*members, cross_entropy(together, Y[300:])], color=["grey"] * 5 + ["C0"])
        panel.axhline(np.mean(members), color="black", linestyle="--", linewidth=1, label="mean of the members")
        panel.set(title=name, ylabel="cross-entropy on new digits")
        panel.legend()
        each = np.mean([accuracy(model(X[300:]), Y[300:]) for model in models])
        told.append(
            f"{name}: the members have {np.mean(members):.3f} on average and read {each:.1%}, "
            f"together they have {cross_entropy(together, Y[300:]):.3f} and read {accuracy(together, Y[300:]):.1%}"
        )
    figure.tight_layout()
    return f"Cross-entropy, {told[0]}; {told[1]}."


# %%
if __name__ == "__main__":
    show_ensembles()

# %% [markdown]
# **Pause.** Can the average of several networks ever have a larger cross-entropy than the mean of their
# cross-entropies?
#
# <details><summary>Answer</summary>
#
# Never. The logarithm is bent downwards, so the logarithm of a mean is at least the mean of the logarithms, for
# each image. The accuracy has no such law, and the *best* member may still beat the average. But you do not know
# which one that is: choosing it on the test set would be cheating.
#
# </details>
