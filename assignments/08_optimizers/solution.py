# %% [markdown]
# # 08 · Optimizers and schedules
#
# A gradient says which way is down, here, now. It does not say how far to go. Everything in this assignment
# is about that one number, the *learning rate*: how to remember earlier steps, how to give each weight a
# rate of its own, how to change the rate over time, and how to find out which one to begin with.
#
# You write six optimizers, seven schedules, a rule for large batches and a sweep, a few lines each. In the
# pictures your optimizers walk down a long narrow valley, and Keras's walk beside them.
#
# **Conventions.** An optimizer is a function. It gets the weights `w`, their gradients `g` and what it
# remembers, `state`. It returns the new weights and the new state, in that order. Weights, gradients and
# what is remembered for each weight are dicts of tensors with the same names, such as `"W"` and `"b"`: any
# number of names, any shapes.
#
# **It changes nothing that it is given.** Make new dicts: with `w[name] = …` you would change the caller's
# weights. Every tensor you return has the dtype of the weight of its name, float32 or float64.
#
# A square, a root or a product of two tensors is always taken entry by entry.

# %%
import math
from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf

from tfkit import picture

Tensors = dict[str, tf.Tensor]


def zeros(w: Tensors) -> Tensors:
    """Return zeros in the shapes of `w`: what an optimizer remembers before its first step."""
    return {name: tf.zeros_like(value) for name, value in w.items()}


# %% [markdown]
# ## A · Memory
#
# Three optimizers with one rate for all weights. The second and the third remember how they moved.

# %% [markdown]
# ## 08.1 · Gradient descent (2 points)
#
# $$w \leftarrow w - \eta\, g$$
#
# with the learning rate $\eta$. *Stochastic* gradient descent (SGD) is the same step; only its gradient
# comes from a batch instead of all examples.


# %%
def sgd(w: Tensors, g: Tensors, state: Tensors, learning_rate: float) -> tuple[Tensors, Tensors]:
    """Make one step of gradient descent.

    Example:

    >>> w = {"W": tf.constant([[1.0, 2.0]]), "b": tf.constant(3.0)}
    >>> g = {"W": tf.constant([[1.0, -1.0]]), "b": tf.constant(0.0)}
    >>> moved, state = sgd(w, g, {}, 0.5)
    >>> moved["W"].numpy().tolist(), float(moved["b"]), state
    ([[0.5, 2.5]], 3.0, {})

    Args:
        w: Weights.
        g: Gradients, of the names and shapes of `w`.
        state: Gradient descent remembers nothing: an empty dict.
        learning_rate: η.

    Returns:
        The new weights, and `state` as it was.
    """
    # BEGIN SOLUTION 08.1
    return {name: w[name] - learning_rate * g[name] for name in w}, state
    # END SOLUTION


# %% [markdown]
# ## 08.2 · Momentum (3 points)
#
# A ball that rolls downhill keeps its speed. The velocity $v$ is what is left of the last one, plus a push:
#
# $$v \leftarrow \mu v - \eta\, g, \qquad w \leftarrow w + v$$
#
# The *new* velocity moves the weights. With $\mu = 0$ it is gradient descent.
#
# You will meet another form: a moving average, $v \leftarrow \mu v + (1 - \mu) g$. Its steps are $1 - \mu$
# times as large, so with $\mu = 0.9$ a rate that works in one form is ten times off in the other. Keras and
# this assignment take the one above.


# %%
def momentum(w: Tensors, g: Tensors, state: Tensors, learning_rate: float, mu: float) -> tuple[Tensors, Tensors]:
    """Make one step of gradient descent with momentum.

    Example:

    >>> w, g = {"a": tf.constant(1.0)}, {"a": tf.constant(1.0)}
    >>> w, state = momentum(w, g, zeros(w), 0.1, 0.5)
    >>> w, state = momentum(w, g, state, 0.1, 0.5)
    >>> round(float(w["a"]), 4), round(float(state["a"]), 4)
    (0.75, -0.15)

    Args:
        w: Weights.
        g: Gradients, of the names and shapes of `w`.
        state: The velocity of each weight.
        learning_rate: η.
        mu: μ, from 0 to 1.

    Returns:
        The new weights and the new velocities.
    """
    # BEGIN SOLUTION 08.2
    velocity = {name: mu * state[name] - learning_rate * g[name] for name in w}
    return {name: w[name] + velocity[name] for name in w}, velocity
    # END SOLUTION


# %% [markdown]
# ## 08.3 · Nesterov's momentum (3 points)
#
# The velocity will carry the weights on anyway. So look ahead, at where they will be:
#
# $$v \leftarrow \mu v - \eta\, g, \qquad w \leftarrow w + \mu v - \eta\, g$$
#
# In the second formula $v$ is the new velocity already. Written like this, the gradient is taken where the
# weights are: the weights *are* the point ahead. It is Keras's form too.


# %%
def nesterov(w: Tensors, g: Tensors, state: Tensors, learning_rate: float, mu: float) -> tuple[Tensors, Tensors]:
    """Make one step of gradient descent with Nesterov's momentum.

    Example:

    >>> w, g = {"a": tf.constant(1.0)}, {"a": tf.constant(1.0)}
    >>> w, state = nesterov(w, g, zeros(w), 0.1, 0.5)
    >>> round(float(w["a"]), 4), round(float(state["a"]), 4)
    (0.85, -0.1)

    Args:
        w: Weights.
        g: Gradients, of the names and shapes of `w`.
        state: The velocity of each weight.
        learning_rate: η.
        mu: μ, from 0 to 1.

    Returns:
        The new weights and the new velocities.
    """
    # BEGIN SOLUTION 08.3
    _, velocity = momentum(w, g, state, learning_rate, mu)
    return {name: w[name] + mu * velocity[name] - learning_rate * g[name] for name in w}, velocity
    # END SOLUTION


# %% [markdown]
# ## The picture of section A
#
# The valley is $\frac12 (x^2 + 20 y^2)$: flat along $x$, steep along $y$. Lines are your steps, dots are
# Keras's own. Gradient descent jumps from wall to wall and creeps along the floor. Momentum adds up what all
# steps agree on. Nesterov's does too, and overshoots less.
#
# A wrong picture: dots that leave their line, or a line that is one point (then you have changed `w`
# itself).

# %%
STEEPNESS = {"x": 1.0, "y": 20.0}
START = {"x": -8.0, "y": 1.8}


def at_start(walkers: int = 1) -> Tensors:
    """Return the place where all walkers begin: of each weight, one number for each walker."""
    return {name: tf.fill([walkers], value) for name, value in START.items()}


def height(w: Tensors) -> float:
    """Return the height of a place in the valley, the mean of all walkers."""
    return float(sum(tf.reduce_mean(STEEPNESS[name] * w[name] ** 2) for name in w) / 2)


def descend(
    optimizer: Callable, state: dict, rates: Sequence[float], *options: float, noise: float = 0.0, walkers: int = 1
) -> list[Tensors]:
    """Return the places on a way down the valley: the start, and where each step leads.

    Args:
        optimizer: One of your functions.
        state: What it remembers before the first step.
        rates: The learning rate of each step.
        *options: What else the optimizer needs, such as μ.
        noise: How far gradients are off, as those of batches are; the same in every call.
        walkers: How many go down at once, each in its own noise.
    """
    winds = noise * tf.random.Generator.from_seed(8).normal((len(rates), len(START), walkers)).numpy()
    places = [at_start(walkers)]
    for rate, wind in zip(rates, winds, strict=True):
        w = places[-1]
        g = {name: STEEPNESS[name] * w[name] + off for name, off in zip(w, wind, strict=True)}
        w, state = optimizer(w, g, state, rate, *options)
        places.append(w)
    return places


def descend_with_keras(optimizer, steps: int) -> list[dict[str, float]]:
    """Return the places on the way that an optimizer of Keras takes."""
    w = {name: tf.Variable(value) for name, value in START.items()}
    places = [dict(START)]
    for _ in range(steps):
        optimizer.apply([STEEPNESS[name] * w[name] for name in w], list(w.values()))
        places.append({name: float(value) for name, value in w.items()})
    return places


def draw_ways(ways: dict[str, tuple], title: str, steps: int) -> str:
    """Draw your ways and those of Keras over the valley; say how high each ends and how far they are apart."""
    import matplotlib.pyplot as plt

    x, y = np.meshgrid(np.linspace(-9, 4, 131), np.linspace(-2.4, 2.4, 97))
    figure, panels = plt.subplots(len(ways), 1, figsize=(7, 6.6), sharex=True, sharey=True, layout="constrained")
    ends = []
    for axes, (name, (own, theirs)) in zip(panels, ways.items(), strict=True):
        levels = np.geomspace(0.1, 90, 9)
        axes.contour(
            x, y, (STEEPNESS["x"] * x**2 + STEEPNESS["y"] * y**2) / 2, levels, colors="lightgrey", linewidths=1
        )
        mine = [[float(w["x"][0]), float(w["y"][0])] for w in own]
        kerass = [[w["x"], w["y"]] for w in theirs]
        axes.plot(*zip(*mine, strict=True), "-", linewidth=1.8, label="yours")
        axes.plot(*zip(*kerass, strict=True), "o", color="black", markersize=3, label="Keras")
        axes.plot(0, 0, "*", color="tab:red", markersize=11)
        axes.set(title=name, ylabel="y", xlim=(-9, 4), ylim=(-2.4, 2.4))
        apart = float(np.abs(np.subtract(mine, kerass)).max())
        ends.append(f"{name} is {height(own[-1]):.2g} above the bottom, never more than {apart:.1g} from Keras")
    panels[0].legend(loc="upper right")
    panels[-1].set_xlabel("x")
    figure.suptitle(title)
    return f"After {steps} steps {'; '.join(ends)}."


@picture
def show_memory() -> str:
    """Draw how gradient descent and both kinds of momentum go down the valley."""
    from keras.optimizers import SGD

    steps, still = 40, zeros(at_start())
    plain = descend(sgd, {}, [0.09] * steps)
    rolling = descend(momentum, still, [0.02] * steps, 0.85)
    ahead = descend(nesterov, still, [0.02] * steps, 0.85)
    ways = {
        "gradient descent with rate 0.09": (plain, descend_with_keras(SGD(0.09), steps)),
        "momentum with rate 0.02": (rolling, descend_with_keras(SGD(0.02, momentum=0.85), steps)),
        "Nesterov with rate 0.02": (ahead, descend_with_keras(SGD(0.02, momentum=0.85, nesterov=True), steps)),
    }
    return draw_ways(ways, "Down a narrow valley: one rate for all weights", steps)


# %%
if __name__ == "__main__":
    show_memory()

# %% [markdown]
# **Pause.** Gradient descent with a rate of 0.09 just holds out in this valley. With 0.101 it flies out of
# it. Where does that limit come from?
#
# <details><summary>Answer</summary>
#
# Along $y$ the gradient is $20 y$, so one step makes $(1 - 20 \eta)\, y$ of $y$. Its size grows when $20
# \eta$ is above 2: the limit is 0.1. The steepest direction decides for all. The flat one would like a rate
# 20 times as large.
#
# </details>

# %% [markdown]
# ## B · A rate for each weight
#
# A weight whose gradients are always large should make smaller steps than one whose gradients are small. The
# next three divide each gradient by a measure of its own size. Then only the direction of a gradient counts,
# and hardly its size.
#
# Keras has all three, in conventions of its own. When you compare, know where they differ:
#
# | | here, as in CS231n, whose slides the lecture shows | in Keras |
# |---|---|---|
# | AdaGrad | sums begin at 0 | sums begin at 0.1 |
# | AdaGrad, RMSProp | ε is added to the root | ε is added under the root |
# | Adam | ε is added to the root of the *corrected* average | ε is added to the root of the *uncorrected* one |
# | momentum, Nesterov | as in section A | the same |
#
# With ε = 1e-7, Keras's default, and gradients of about 1, nobody sees the second and third line. With tiny
# gradients you do. In this assignment ε is an argument, and its place counts.

# %% [markdown]
# ## 08.4 · AdaGrad (3 points)
#
# Add up the squares of all gradients so far, and divide by the root:
#
# $$s \leftarrow s + g^2, \qquad w \leftarrow w - \eta\, \frac{g}{\sqrt{s} + \varepsilon}$$


# %%
def adagrad(w: Tensors, g: Tensors, state: Tensors, learning_rate: float, epsilon: float) -> tuple[Tensors, Tensors]:
    """Make one step of AdaGrad.

    Example:

    >>> w, g = {"a": tf.constant(1.0)}, {"a": tf.constant(3.0)}
    >>> w, state = adagrad(w, g, {"a": tf.constant(16.0)}, 0.5, 1.0)
    >>> float(w["a"]), float(state["a"])
    (0.75, 25.0)

    Args:
        w: Weights.
        g: Gradients, of the names and shapes of `w`.
        state: The sums of squared gradients, for each weight.
        learning_rate: η.
        epsilon: ε, added to the root.

    Returns:
        The new weights and the new sums.
    """
    # BEGIN SOLUTION 08.4
    sums = {name: state[name] + tf.square(g[name]) for name in w}
    return {name: w[name] - learning_rate * g[name] / (tf.sqrt(sums[name]) + epsilon) for name in w}, sums
    # END SOLUTION


# %% [markdown]
# ## 08.5 · RMSProp (3 points)
#
# AdaGrad's sums only grow, so its steps only shrink. RMSProp forgets: the sum becomes a moving average,
#
# $$s \leftarrow \rho s + (1 - \rho)\, g^2$$
#
# and the step is that of AdaGrad.


# %%
def rmsprop(
    w: Tensors, g: Tensors, state: Tensors, learning_rate: float, rho: float, epsilon: float
) -> tuple[Tensors, Tensors]:
    """Make one step of RMSProp.

    Example:

    >>> w, g = {"a": tf.constant(1.0)}, {"a": tf.constant(2.0)}
    >>> w, state = rmsprop(w, g, {"a": tf.constant(8.0)}, 0.5, 0.75, 1.0)
    >>> round(float(w["a"]), 4), float(state["a"])
    (0.7257, 7.0)

    Args:
        w: Weights.
        g: Gradients, of the names and shapes of `w`.
        state: The moving averages of squared gradients, for each weight.
        learning_rate: η.
        rho: ρ, how much of the old average stays, from 0 to 1.
        epsilon: ε, added to the root.

    Returns:
        The new weights and the new averages.
    """
    # BEGIN SOLUTION 08.5
    averages = {name: rho * state[name] + (1 - rho) * tf.square(g[name]) for name in w}
    return {name: w[name] - learning_rate * g[name] / (tf.sqrt(averages[name]) + epsilon) for name in w}, averages
    # END SOLUTION


# %% [markdown]
# ## 08.6 · Adam (5 points)
#
# Momentum and RMSProp together: a moving average $m$ of the gradients, and one $s$ of their squares. Both
# begin at 0, so both are too small at first. After $t$ steps the weights in such an average add up to $1 -
# \beta^t$: divide by it.
#
# $$t \leftarrow t + 1, \qquad m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad
# s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$$
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat s = \frac{s}{1 - \beta_2^t}, \qquad
# w \leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat s} + \varepsilon}$$
#
# The state keeps $t$, $m$ and $s$. The hats are for this step alone.


# %%
def adam(
    w: Tensors, g: Tensors, state: dict, learning_rate: float, beta_1: float, beta_2: float, epsilon: float
) -> tuple[Tensors, dict]:
    """Make one step of Adam.

    Example:

    >>> w, g = {"a": tf.constant(1.0)}, {"a": tf.constant(2.0)}
    >>> w, state = adam(w, g, {"t": 0, "m": zeros(w), "s": zeros(w)}, 0.3, 0.9, 0.75, 1.0)
    >>> round(float(w["a"]), 4), state["t"], round(float(state["m"]["a"]), 4), float(state["s"]["a"])
    (0.8, 1, 0.2, 1.0)

    Args:
        w: Weights.
        g: Gradients, of the names and shapes of `w`.
        state: A dict with `"t"`, how many steps were made before this one, and `"m"` and `"s"`, the moving averages of
            gradients and of squared gradients: a dict each, for each weight.
        learning_rate: η.
        beta_1: β₁, how much of the old `"m"` stays, from 0 to 1.
        beta_2: β₂, how much of the old `"s"` stays, from 0 to 1.
        epsilon: ε, added to the root.

    Returns:
        The new weights, and a new state with the same three keys.
    """
    # BEGIN SOLUTION 08.6
    t = state["t"] + 1
    m = {name: beta_1 * state["m"][name] + (1 - beta_1) * g[name] for name in w}
    s = {name: beta_2 * state["s"][name] + (1 - beta_2) * tf.square(g[name]) for name in w}
    moved = {}
    for name in w:
        m_hat = m[name] / (1 - beta_1**t)
        s_hat = s[name] / (1 - beta_2**t)
        moved[name] = w[name] - learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)
    return moved, {"t": t, "m": m, "s": s}
    # END SOLUTION


# %% [markdown]
# ## The picture of section B
#
# The same valley, and Keras again, whose AdaGrad is told to begin at 0. Nobody jumps from wall to wall now:
# both directions get steps of about the same size, so all three leave the start on a diagonal. AdaGrad slows
# down. RMSProp keeps its pace, even at the bottom, where it trembles. Adam rolls past the bottom, and comes
# back.
#
# A wrong picture: dots that leave their line. Where Adam's first steps are three times as long as Keras's,
# the correction is missing.


# %%
@picture
def show_own_rates() -> str:
    """Draw how AdaGrad, RMSProp and Adam go down the valley."""
    from keras.optimizers import Adagrad, Adam, RMSprop

    steps, still = 60, zeros(at_start())
    falling = descend(adagrad, still, [1.0] * steps, 1e-7)
    steady = descend(rmsprop, still, [0.4] * steps, 0.9, 1e-7)
    rolling = descend(adam, {"t": 0, "m": still, "s": still}, [0.5] * steps, 0.9, 0.999, 1e-7)
    from_zero = Adagrad(1.0, initial_accumulator_value=0.0)
    ways = {
        "AdaGrad with rate 1": (falling, descend_with_keras(from_zero, steps)),
        "RMSProp with rate 0.4": (steady, descend_with_keras(RMSprop(0.4, rho=0.9), steps)),
        "Adam with rate 0.5": (rolling, descend_with_keras(Adam(0.5), steps)),
    }
    return draw_ways(ways, "Down the same valley: a rate for each weight", steps)


# %%
if __name__ == "__main__":
    show_own_rates()

# %% [markdown]
# **Pause.** You multiply a loss by 1000, so all gradients are 1000 times as large. Which of the six
# optimizers make (nearly) the same steps as before, with the same rate?
#
# <details><summary>Answer</summary>
#
# AdaGrad, RMSProp and Adam: what they divide by grows as the gradient does. The other three make steps 1000
# times as large, and need a rate 1000 times as small. That is one reason why Adam is a good first choice:
# its rate means the same everywhere.
#
# </details>

# %% [markdown]
# ## C · Rates that change
#
# The lecture shows four curves, for a very high, a high, a good and a low rate, and asks: which of these
# rates is best? Its answer: all of them. Start with a large one and let it decay.
#
# A schedule is a function of the *step*. A step is one batch, and the first step is number 0. The lecture's
# figures count *epochs*, Keras counts steps. The rate you return is that of this step, before it is made.
# These are numbers, not tensors: use `math`, and return a float.

# %% [markdown]
# ## 08.7 · Steps down (3 points)
#
# ResNets were trained with a rate that is multiplied by 0.1 after epochs 30, 60 and 90. With $n$ steps in an
# epoch, the factor $\gamma$ and a fall after every $k$ epochs:
#
# $$\eta_t = \eta_0\, \gamma^{\lfloor e / k \rfloor}, \qquad e = \lfloor t / n \rfloor$$
#
# $\lfloor\;\rfloor$ rounds down: within an epoch nothing changes.


# %%
def step_decay(learning_rate: float, step: int, steps_per_epoch: int, factor: float, every: int) -> float:
    """Return the learning rate of a step: multiplied by `factor` after every `every` epochs.

    Example:

    >>> [step_decay(0.5, step, steps_per_epoch=2, factor=0.5, every=3) for step in (0, 5, 6, 11, 12)]
    [0.5, 0.5, 0.25, 0.25, 0.125]

    Args:
        learning_rate: The rate of step 0.
        step: The step, counted from 0.
        steps_per_epoch: How many steps an epoch has.
        factor: γ, what the rate is multiplied by.
        every: After how many epochs.

    Returns:
        The rate of this step.
    """
    # BEGIN SOLUTION 08.7
    epoch = step // steps_per_epoch
    return learning_rate * factor ** (epoch // every)
    # END SOLUTION


# %% [markdown]
# ## 08.8 · Exponential decay (2 points)
#
# The same without stairs: a factor $\gamma$ in every $k$ steps, and a part of it in each one,
#
# $$\eta_t = \eta_0\, \gamma^{t / k}$$


# %%
def exponential_decay(learning_rate: float, step: int, factor: float, every: int) -> float:
    """Return the learning rate of a step: it falls smoothly, by `factor` in every `every` steps.

    Example:

    >>> [round(exponential_decay(0.8, step, factor=0.25, every=4), 4) for step in (0, 1, 2, 4, 8)]
    [0.8, 0.5657, 0.4, 0.2, 0.05]

    Args:
        learning_rate: The rate of step 0.
        step: The step, counted from 0.
        factor: γ, what the rate is multiplied by.
        every: In how many steps.

    Returns:
        The rate of this step.
    """
    # BEGIN SOLUTION 08.8
    return learning_rate * factor ** (step / every)
    # END SOLUTION


# %% [markdown]
# ## 08.9 · Linear decay (2 points)
#
# A straight line down to 0 at step $T$. After that it stays 0: a negative rate would climb.
#
# $$\eta_t = \eta_0 \max\left(0,\; 1 - \frac{t}{T}\right)$$


# %%
def linear_decay(learning_rate: float, step: int, total: int) -> float:
    """Return the learning rate of a step: it falls by the same amount in each step, and is 0 from `total` on.

    Example:

    >>> [round(linear_decay(0.8, step, total=4), 4) for step in (0, 1, 3, 4, 9)]
    [0.8, 0.6, 0.2, 0.0, 0.0]

    Args:
        learning_rate: The rate of step 0.
        step: The step, counted from 0; it may be beyond `total`.
        total: T, where the rate arrives at 0.

    Returns:
        The rate of this step.
    """
    # BEGIN SOLUTION 08.9
    return learning_rate * max(0.0, 1 - step / total)
    # END SOLUTION


# %% [markdown]
# ## 08.10 · Inverse square root (2 points)
#
# Fast at first, slow later, and never 0. A plain $\eta_0 / \sqrt t$ is infinite at $t = 0$, so count from 1,
# in units of $k$ steps:
#
# $$\eta_t = \frac{\eta_0}{\sqrt{1 + t / k}}$$


# %%
def inverse_sqrt(learning_rate: float, step: int, every: int) -> float:
    """Return the learning rate of a step: it falls as one over the square root of time.

    Example:

    >>> [round(inverse_sqrt(0.8, step, every=2), 4) for step in (0, 1, 6, 30)]
    [0.8, 0.6532, 0.4, 0.2]

    Args:
        learning_rate: The rate of step 0.
        step: The step, counted from 0.
        every: k, how many steps are one unit of time.

    Returns:
        The rate of this step.
    """
    # BEGIN SOLUTION 08.10
    return learning_rate / math.sqrt(1 + step / every)
    # END SOLUTION


# %% [markdown]
# ## 08.11 · Cosine decay (2 points)
#
# Half a wave of a cosine: slow at the top, slow at the bottom, and 0 from step $T$ on.
#
# $$\eta_t = \frac{\eta_0}{2} \left(1 + \cos \frac{\pi t}{T}\right) \quad \text{until } T$$


# %%
def cosine_decay(learning_rate: float, step: int, total: int) -> float:
    """Return the learning rate of a step: it falls along half a wave of a cosine, and is 0 from `total` on.

    Example:

    >>> [round(cosine_decay(0.8, step, total=4), 4) for step in (0, 1, 2, 4, 6)]
    [0.8, 0.6828, 0.4, 0.0, 0.0]

    Args:
        learning_rate: The rate of step 0.
        step: The step, counted from 0; it may be beyond `total`.
        total: T, where the rate arrives at 0.

    Returns:
        The rate of this step.
    """
    # BEGIN SOLUTION 08.11
    return learning_rate / 2 * (1 + math.cos(math.pi * min(step, total) / total))
    # END SOLUTION


# %% [markdown]
# ## 08.12 · Warm restarts (3 points)
#
# SGDR (Loshchilov and Hutter, a paper of the lecture's slide) lets the rate fall along a cosine for a
# period, and then begins again *at the full rate*. With the growth $g$, each period is $g$ times as long as
# the one before: for a first one of 3 steps and $g = 2$ they begin at steps 0, 3, 9, 21, …
#
# Within a period it is 08.11, with the steps since the period began and the length of this period.


# %%
def cosine_restarts(learning_rate: float, step: int, period: int, growth: int) -> float:
    """Return the learning rate of a step: a cosine decay in each period, which starts again at the full rate.

    Example:

    >>> [round(cosine_restarts(0.8, step, period=2, growth=2), 4) for step in (0, 1, 2, 3, 4, 5, 6)]
    [0.8, 0.4, 0.8, 0.6828, 0.4, 0.1172, 0.8]

    Args:
        learning_rate: The rate of the first step in each period.
        step: The step, counted from 0.
        period: How many steps the first period has.
        growth: How many times as long each period is as the one before, a whole number; 1 for equal periods.

    Returns:
        The rate of this step.
    """
    # BEGIN SOLUTION 08.12
    while step >= period:
        step -= period
        period *= growth
    return cosine_decay(learning_rate, step, period)
    # END SOLUTION


# %% [markdown]
# ## 08.13 · Warm-up (2 points)
#
# At the start the weights are random, gradients are large, and Adam's averages know nothing yet. So rise to
# the rate in $n$ equal steps. The first step must not be lost to a rate of 0, so step 0 gets one $n$-th, and
# step $n - 1$ the whole:
#
# $$\eta_t = \eta \min\left(1,\; \frac{t + 1}{n}\right)$$
#
# Here $\eta$ is what any other schedule says for this step: a warm-up can stand before each of them.


# %%
def warmup(learning_rate: float, step: int, steps: int) -> float:
    """Return the learning rate of a step: a part of it in the first `steps` steps, all of it afterwards.

    Example:

    >>> [round(warmup(0.8, step, steps=4), 4) for step in (0, 1, 3, 4, 9)]
    [0.2, 0.4, 0.8, 0.8, 0.8]

    Args:
        learning_rate: The rate that another schedule gives for this step.
        step: The step, counted from 0.
        steps: n, how many steps the warm-up has.

    Returns:
        The rate of this step.
    """
    # BEGIN SOLUTION 08.13
    return learning_rate * min(1.0, (step + 1) / steps)
    # END SOLUTION


# %% [markdown]
# ## The picture of section C
#
# All seven, from a rate of 0.1. A wrong picture: a rate below 0, a curve that jumps anywhere but at a stair
# or a restart, or a second period that begins lower than the first.


# %%
@picture
def show_schedules() -> str:
    """Draw the learning rate over the steps, for each schedule."""
    import matplotlib.pyplot as plt

    first, total = 0.1, 105
    rates = {
        "step decay": lambda t: step_decay(first, t, 5, 0.3, 6),
        "exponential": lambda t: exponential_decay(first, t, 0.3, 30),
        "linear": lambda t: linear_decay(first, t, total - 15),
        "inverse square root": lambda t: inverse_sqrt(first, t, 5),
        "cosine": lambda t: cosine_decay(first, t, total - 15),
        "cosine with restarts": lambda t: cosine_restarts(first, t, 15, 2),
        "warm-up, then cosine": lambda t: warmup(cosine_decay(first, t, total - 15), t, 12),
    }
    _, panels = plt.subplots(2, 4, figsize=(10, 4.6), sharex=True, sharey=True, layout="constrained")
    told = []
    for axes, (name, rate) in zip(panels.flat, rates.items(), strict=False):
        found = [rate(step) for step in range(total)]
        axes.step(range(total), found, where="post", linewidth=1.8)
        axes.set_title(name, fontsize=10)
        axes.grid(alpha=0.3)
        told.append(f"{name} {found[50]:.4f}")
    panels.flat[-1].axis("off")
    for axes in (*panels[1, :3], panels[0, 3]):
        axes.set_xlabel("step")
        axes.tick_params(labelbottom=True)
    for axes in panels[:, 0]:
        axes.set_ylabel("learning rate")
    return f"At step 50 the rates are: {', '.join(told)}."


# %%
if __name__ == "__main__":
    show_schedules()

# %% [markdown]
# **Pause.** You compile a model with `learning_rate=keras.optimizers.schedules.CosineDecay(…)`, and give
# `fit` the callback `LearningRateScheduler` as well. Which of the two decides?
#
# <details><summary>Answer</summary>
#
# Neither: Keras raises a TypeError when the callback wants to set a rate that a schedule sets already. A
# rate has one master. And mind the units: the callback is asked once an epoch, the schedule once a step.
#
# </details>

# %% [markdown]
# ## D · Which rate?

# %% [markdown]
# ## 08.14 · Larger batches (1 point)
#
# The lecture's rule of thumb: if you increase the batch size by a factor of $N$, also scale the learning
# rate by $N$. A larger batch makes fewer steps in an epoch, and each can be trusted more.


# %%
def linear_scaling(learning_rate: float, batch_size: int, old_batch_size: int) -> float:
    """Return the learning rate for another batch size: it grows by the same factor as the batch.

    Example:

    >>> linear_scaling(0.1, batch_size=1024, old_batch_size=256), linear_scaling(0.5, batch_size=8, old_batch_size=32)
    (0.4, 0.125)

    Args:
        learning_rate: The rate that works with the old batch size.
        batch_size: The new batch size.
        old_batch_size: The old one.

    Returns:
        The rate for the new batch size.
    """
    # BEGIN SOLUTION 08.14
    return learning_rate * batch_size / old_batch_size
    # END SOLUTION


# %% [markdown]
# ## 08.15 · Which learning rate is best? (4 points)
#
# Try it: a *sweep*. Nobody knows the order of magnitude beforehand, so each rate is the same number of
# *times* as large as the one before. With $c$ rates from $a$ to $b$:
#
# $$\eta_i = a \left(\frac{b}{a}\right)^{i / (c - 1)}, \qquad i = 0, \ldots, c - 1$$
#
# Then train once with each, from the same start, and look at the loss at the end. The smallest is the best;
# it may be below 0. A rate that is too large makes the loss infinite, or NaN. Beware: NaN is neither smaller
# nor larger than any number, so `min` and `argmin` may well choose it.


# %%
def lr_range(loss_after: Callable[[float], float], low: float, high: float, count: int) -> tuple[float, list[float]]:
    """Train with `count` learning rates from `low` to `high`, both included, evenly spaced in their logarithms.

    Each rate is trained with once. A rate whose loss is NaN or infinite is never the best one.

    Example:

    >>> best, rates = lr_range(lambda rate: abs(rate - 0.12), 0.01, 1.0, 3)
    >>> round(best, 4), [round(rate, 4) for rate in rates]
    (0.1, [0.01, 0.1, 1.0])

    Args:
        loss_after: Trains with a rate, from the same start each time, and returns the loss at the end, a number of
            any sign.
        low: The smallest rate, above 0.
        high: The largest rate, above `low`.
        count: How many rates, at least 2.

    Returns:
        The rate with the smallest loss, and all rates in order: a list of numbers, or an array.
    """
    # BEGIN SOLUTION 08.15
    rates = np.geomspace(low, high, count).tolist()
    losses = [loss_after(rate) for rate in rates]
    finite = [(loss, rate) for loss, rate in zip(losses, rates, strict=True) if math.isfinite(loss)]
    return min(finite)[1], rates
    # END SOLUTION


# %% [markdown]
# ## The picture of section D
#
# Left: the lecture's curves, in a valley with wind: gradients are noisy, as those of batches are. The low
# rate is slow. The high rate is fast and then stays where the wind throws it about. The rate that starts
# high and decays gets both. Right: your sweep. Each curve has a valley. Where a curve ends, training
# diverged, and there is no loss to draw. Momentum's valley is further left: it adds up steps.
#
# A wrong picture: a star that is not at the bottom of its curve, or points that crowd at the right end.


# %%
@picture
def show_sweep() -> str:
    """Draw the loss over time for a few rates, and the loss at the end over the rate."""
    import matplotlib.pyplot as plt

    steps, walkers = 60, 40
    still = zeros(at_start(walkers))
    optimizers = {
        "gradient descent": (sgd, {}),
        "momentum": (momentum, still, 0.9),
        "Adam": (adam, {"t": 0, "m": still, "s": still}, 0.9, 0.999, 1e-7),
    }

    def way(name: str, rates: Sequence[float]) -> list[Tensors]:
        optimizer, state, *options = optimizers[name]
        return descend(optimizer, state, rates, *options, noise=2.0, walkers=walkers)

    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    named = {"very high, 0.102": [0.102] * steps, "high, 0.09": [0.09] * steps, "low, 0.004": [0.004] * steps}
    named["starts high, decays"] = [cosine_decay(0.09, step, steps) for step in range(steps)]
    for (label, rates), style in zip(named.items(), (":", "-.", "--", "-"), strict=True):
        left.plot([height(w) for w in way("gradient descent", rates)], style, label=label, linewidth=1.8)
    left.set(xlabel="step", ylabel="loss", title="Gradient descent with four rates", yscale="log", ylim=(5e-2, 300))
    told = []
    for name, marker in zip(optimizers, "os^", strict=True):
        losses = {}

        def loss_after(rate: float, name=name, losses=losses) -> float:
            losses[rate] = height(way(name, [rate] * steps)[-1])
            return losses[rate]

        best, rates = lr_range(loss_after, 5e-4, 5.0, 17)
        right.plot(rates, [losses[rate] for rate in rates], marker=marker, markersize=4, label=name)
        right.plot(best, losses[best], "*", color="black", markersize=12, zorder=3)
        told.append(f"{name} {best:.2g}")
    right.set(xlabel="learning rate", ylabel=f"loss after {steps} steps", title="Your sweep", ylim=(5e-2, 300))
    right.set(xscale="log", yscale="log")
    for axes in (left, right):
        axes.grid(alpha=0.3)
        axes.legend()
    return f"The best constant rates: {', '.join(told)}."


# %%
if __name__ == "__main__":
    show_sweep()

# %% [markdown]
# **Pause.** Your sweep was made with 60 steps, and you are going to train for 10,000. Will the best constant
# rate be larger or smaller?
#
# <details><summary>Answer</summary>
#
# Smaller, as a rule. With few steps a fast start counts most. With many, every rate that does not diverge
# has time enough, and what counts is how low it comes to rest. That is also why one rate for all of a
# training is a compromise: begin with a large one, decay later.
#
# </details>
