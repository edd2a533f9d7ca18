# %% [markdown]
# # 01 · Computation graphs
#
# A network learns by asking one question again and again: *if I change this number a little, how does the loss
# change?* In the next two hours you answer it in three ways. You nudge a number and watch. You take a formula apart
# and multiply small derivatives by hand. At last you write the few lines that do this for every formula at once, and
# they draw their own graph.
#
# You need Python's functions and lists, and no more mathematics than the slope of a curve. One ready-made class is
# explained where you use it. If you have never computed a gradient, this is the place to start.
#
# **How to work.** Replace each `raise NotImplementedError(...)` by your own lines, then check them: in the notebook
# with the cell below the question, in a terminal with `autograder check 01.1`. No function may change what it is given.

# %%
from collections.abc import Callable
from typing import Any

import numpy as np

from tfkit import picture

# %% [markdown]
# ## Part 1 · Nudge it
#
# This is the function of the lecture:
#
# $$J(a, b, c) = 3(a + bc)$$
#
# Run the cell. What happens to $J$ when $a$ goes up by 0.001?


# %%
def J(a: float, b: float, c: float) -> float:
    """Return the lecture's function of three numbers."""
    return 3 * (a + b * c)


print(f"J(2, 4, 3) = {J(2, 4, 3):.3f}   J(2.001, 4, 3) = {J(2.001, 4, 3):.3f}")

# %% [markdown]
# $a$ went up by 0.001, and $J$ by 0.003: three times as much. That "three times as much" is the derivative of $J$
# by $a$. You have just measured one.
#
# ## 01.1 · A derivative, measured (3 points)
#
# Nudge $x$ to the right and to the left, and divide the change of $f$ by the whole way between the two:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$$
#
# Why both sides? On a curve that bends upwards, the step to the right is a little too steep and the step to the left a
# little too flat; on one that bends downwards it is the other way round. Together, most of that cancels.


# %%
def numeric_derivative(f: Callable[[float], float], x: float, h: float = 1e-5) -> float:
    """Return the derivative of a function of one number, measured with a nudge to each side.

    Example:
        >>> numeric_derivative(lambda x: x**3, 1.0, h=0.5)
        3.25
        >>> round(numeric_derivative(lambda x: x**3, 1.0), 6)
        3.0

    Args:
        f: The function.
        x: Where the derivative is wanted.
        h: How far `x` is nudged to each side.

    Returns:
        A number.
    """
    raise NotImplementedError("01.1: numeric_derivative")


# %% [markdown]
# The true derivative of $x^3$ at 1 is 3. With the large nudge of 0.5 you measure 3.25, with 0.00001 you cannot see
# the difference any more.
#
# ## 01.2 · A gradient, measured (5 points)
#
# If $x$ is an array, $f$ has one derivative for each entry. All of them together are the **gradient**, and it has the
# shape of $x$. Nudge one entry at a time; all others stay where they are:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}$$
#
# Here $e_i$ has a 1 in place $i$ and 0 everywhere else. `for index in np.ndindex(x.shape)` visits every place of an
# array of any shape, and `x[index]` is the entry there.
#
# Be careful with two things. `y = x` makes no copy, so nudging `y` nudges `x` as well. And an array of whole numbers
# cannot hold 1.00001: it rounds down.


# %%
def numeric_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return the gradient of a function of an array, measured entry by entry.

    `x` is the same after the call as before it. It may hold whole numbers.

    Example:
        >>> numeric_gradient(lambda x: 3 * x[0] ** 2 + x[1] ** 2, np.array([1.0, 1.0])).round(6).tolist()
        [6.0, 2.0]

    Args:
        f: Gives one number for an array of the shape of `x`.
        x: Array of any shape.
        h: How far each entry is nudged to each side.

    Returns:
        Array of the shape of `x`, float64.
    """
    raise NotImplementedError("01.2: numeric_gradient")


# %% [markdown]
# ### Picture: downhill everywhere
#
# The rings are the heights of $3x_1^2 + x_2^2$, like on a hiking map. The arrows point against your gradient. Each
# should cross its ring at a right angle, straight downhill. If all arrows lie along the same diagonal, all entries
# were nudged at once.


# %%
@picture
def show_bowl() -> str:
    """Draw a bowl from above, with an arrow against your gradient at each of some points."""
    import matplotlib.pyplot as plt

    def bowl(x: Any) -> Any:
        return 3 * x[0] ** 2 + x[1] ** 2

    side = np.linspace(-2, 2, 9)
    points = [np.array([x1, x2]) for x1 in side for x2 in side]
    gradients = np.array([numeric_gradient(bowl, point) for point in points])
    _, axes = plt.subplots(figsize=(5.2, 4.6))
    fine = np.meshgrid(np.linspace(-2.3, 2.3, 80), np.linspace(-2.3, 2.3, 80))
    axes.contour(*fine, bowl(fine), levels=10, colors="0.6", linewidths=1)
    axes.quiver(*np.transpose(points), *-np.transpose(gradients), color="tab:blue", angles="xy")
    axes.plot(0, 0, "k*", markersize=12, label="lowest point")
    axes.set(xlabel="$x_1$", ylabel="$x_2$", title="Against the gradient", aspect="equal")
    axes.legend(loc="upper right")
    at_one = numeric_gradient(bowl, np.array([1.0, 1.0]))
    return (
        f"The arrows should lead from every side to the lowest point, (0, 0). "
        f"At (1, 1) your gradient is ({at_one[0]:.2f}, {at_one[1]:.2f}); it should be (6.00, 2.00)."
    )


# %%
if __name__ == "__main__":
    show_bowl()

# %% [markdown]
# **Pause.** A small network has a million weights. How often would `numeric_gradient` run it to get one gradient?
#
# <details><summary>Answer</summary>
#
# Two million times, twice for each weight. Nudging is a good way to *check* a gradient, and far too slow to train with.
# The rest of this assignment gets all derivatives in one walk.
#
# </details>

# %% [markdown]
# ## Part 2 · By hand, from right to left
#
# Take the lecture's function apart into three small steps:
#
# $$u = bc \qquad v = a + u \qquad J = 3v$$
#
# Draw a box for each letter and an arrow from each box to the boxes that use it. That is the **computation graph**
# of $J$. Values flow through it from left to right.
#
# ## 01.3 · Forward (2 points)


# %%
def forward(a: float, b: float, c: float) -> dict[str, float]:
    """Return the three steps of the lecture's function, from left to right.

    Example:
        >>> forward(2.0, 4.0, 3.0)
        {'u': 12.0, 'v': 14.0, 'J': 42.0}

    Args:
        a: A number.
        b: A number.
        c: A number.

    Returns:
        Dict of three numbers: `"u"`, `"v"` and `"J"`.
    """
    raise NotImplementedError("01.3: forward")


# %% [markdown]
# ## 01.4 · Backward (4 points)
#
# Each arrow has a small derivative of its own: how much does the box at its right end change when the box at its left
# end does?
#
# $$\frac{\partial J}{\partial v} = 3 \qquad
# \frac{\partial v}{\partial a} = 1 \qquad \frac{\partial v}{\partial u} = 1 \qquad
# \frac{\partial u}{\partial b} = c \qquad \frac{\partial u}{\partial c} = b$$
#
# The **chain rule** says: start at $J$, walk left to an input, and multiply what you meet on the way.


# %%
def backward(a: float, b: float, c: float) -> dict[str, float]:
    """Return the derivatives of the lecture's function by its three inputs, from right to left.

    Example:
        >>> backward(2.0, 4.0, 3.0)
        {'a': 3.0, 'b': 9.0, 'c': 12.0}

    Args:
        a: A number.
        b: A number.
        c: A number.

    Returns:
        Dict of three numbers: the derivatives with respect to `"a"`, `"b"` and `"c"`.
    """
    raise NotImplementedError("01.4: backward")


# %% [markdown]
# On the slide, $b = 4$ and $c = 3$ give 9 and 12. Do you see why the larger derivative belongs to the smaller number?
# Nudge $c$, and the change is multiplied by $b$.
#
# ## 01.5 · A longer chain (4 points)
#
# The lecture puts one function into the next, four times:
#
# $$y_1 = e^{-x^2} \qquad y_2 = \sin\frac{1}{y_1} \qquad y_3 = \cos y_2 \qquad y_4 = \ln y_3$$
#
# You never need to write down the derivative of the whole thing. Go one step at a time: if $y = f(t)$ and you know
# $\frac{dt}{dx}$ already, then $\frac{dy}{dx} = f'(t)\,\frac{dt}{dx}$. All you need is this table:
#
# | $f(t)$ | $t^2$ | $e^t$ | $1/t$ | $\sin t$ | $\cos t$ | $\ln t$ |
# |---|---|---|---|---|---|---|
# | $f'(t)$ | $2t$ | $e^t$ | $-1/t^2$ | $\cos t$ | $-\sin t$ | $1/t$ |
#
# Use NumPy's `np.exp`, `np.sin`, `np.cos` and `np.log`. They take an array as well, entry by entry, and so does your
# function.


# %%
def chain(x: Any) -> dict[str, tuple[Any, Any]]:
    """Return the lecture's four functions of `x`, each with its derivative with respect to `x`.

    Example:
        >>> {name: (round(float(y), 3), round(float(slope), 3)) for name, (y, slope) in chain(0.5).items()}
        {'exp': (0.779, -0.779), 'sin': (0.959, 0.363), 'cos': (0.574, -0.297), 'log': (-0.555, -0.518)}

    Args:
        x: A number, or an array of any shape.

    Returns:
        Dict of four pairs, the value and the derivative: `"exp"` is y1, `"sin"` y2, `"cos"` y3 and `"log"` y4. For an
        array, each of them is an array of its shape.
    """
    raise NotImplementedError("01.5: chain")


# %% [markdown]
# ### Picture: two roads to one slope
#
# Four panels, one for each function: the solid line is its value, the dashed line your derivative, and the dots are
# measured with your `numeric_derivative`. The dots should sit on the dashed line. Where they leave it, the first panel
# in which they do shows the step that is wrong.


# %%
@picture
def show_chain() -> str:
    """Draw each function of the chain, its derivative, and the derivative measured."""
    import matplotlib.pyplot as plt

    x = np.linspace(-1.2, 1.2, 241)
    some = x[10::20]
    figure, panels = plt.subplots(1, 4, figsize=(13, 3.2))
    farthest = 0.0
    for axes, (name, (value, slope)) in zip(panels, chain(x).items(), strict=True):
        measured = np.array([numeric_derivative(lambda t, name=name: chain(t)[name][0], one) for one in some])
        farthest = max(farthest, float(np.max(np.abs(measured - np.interp(some, x, slope)))))
        axes.plot(x, value, "-", color="black", label="value")
        axes.plot(x, slope, "--", color="tab:blue", label="your derivative")
        axes.plot(some, measured, "o", color="tab:orange", markersize=4, label="measured")
        axes.set(title=name, xlabel="$x$")
    panels[0].legend(fontsize=8)
    figure.tight_layout()
    return f"In all four panels the dots are at most {farthest:.6f} from your dashed line; it should be 0.000000."


# %%
if __name__ == "__main__":
    show_chain()

# %% [markdown]
# **Pause.** For $y_4$ you used the derivative of $y_3$, for $y_3$ that of $y_2$. How many of the derivatives that you
# had already did you compute again?
#
# <details><summary>Answer</summary>
#
# None. Each step takes the result of the step before and multiplies it by one small derivative. This is why a walk
# through a graph costs about as much as computing the formula itself, however many inputs it has.
#
# </details>

# %% [markdown]
# ## Part 3 · A graph that derives itself
#
# Whatever a formula looks like, it is made of a few operations. If each operation knows its own small derivatives,
# a program can do the walk for you. First teach it the operations.
#
# ## 01.6 · Four operations (4 points)
#
# Each function gets two numbers and returns two things: the result, and the pair of its derivatives by $a$ and by $b$.
#
# | | result | by $a$ | by $b$ |
# |---|---|---|---|
# | `add` | $a + b$ | $1$ | $1$ |
# | `subtract` | $a - b$ | $1$ | $-1$ |
# | `multiply` | $ab$ | $b$ | $a$ |
# | `divide` | $a / b$ | $1/b$ | $-a/b^2$ |


# %%
def add(a: float, b: float) -> tuple[float, tuple[float, float]]:
    """Return the sum, and its derivatives with respect to `a` and `b`.

    Example:
        >>> add(6.0, 2.0)
        (8.0, (1.0, 1.0))

    Args:
        a: A number.
        b: A number.

    Returns:
        The result, and the pair of its derivatives.
    """
    raise NotImplementedError("01.6: add")


def subtract(a: float, b: float) -> tuple[float, tuple[float, float]]:
    """Return the difference, and its derivatives with respect to `a` and `b`.

    Example:
        >>> subtract(6.0, 2.0)
        (4.0, (1.0, -1.0))

    Args:
        a: A number.
        b: A number.

    Returns:
        The result, and the pair of its derivatives.
    """
    raise NotImplementedError("01.6: subtract")


def multiply(a: float, b: float) -> tuple[float, tuple[float, float]]:
    """Return the product, and its derivatives with respect to `a` and `b`.

    Example:
        >>> multiply(6.0, 2.0)
        (12.0, (2.0, 6.0))

    Args:
        a: A number.
        b: A number.

    Returns:
        The result, and the pair of its derivatives.
    """
    raise NotImplementedError("01.6: multiply")


def divide(a: float, b: float) -> tuple[float, tuple[float, float]]:
    """Return the quotient, and its derivatives with respect to `a` and `b`.

    Example:
        >>> divide(6.0, 2.0)
        (3.0, (0.5, -1.5))

    Args:
        a: A number.
        b: A number other than 0.

    Returns:
        The result, and the pair of its derivatives.
    """
    raise NotImplementedError("01.6: divide")


# %% [markdown]
# ## 01.7 · Four functions of one number (4 points)
#
# Now there is one derivative only, that by $x$. The exponent $n$ of `power` is a plain number and has none.
#
# | | result | by $x$ |
# |---|---|---|
# | `power` | $x^n$ | $n\,x^{n-1}$ |
# | `exp` | $e^x$ | $e^x$ |
# | `log` | $\ln x$ | $1/x$ |
# | `sigmoid` | $\sigma(x) = 1 / (1 + e^{-x})$ | $\sigma(x)\,(1 - \sigma(x))$ |


# %%
def power(x: float, n: float) -> tuple[float, float]:
    """Return `x` to the power of `n`, and the derivative with respect to `x`.

    Example:
        >>> power(3.0, 2)
        (9.0, 6.0)

    Args:
        x: A number.
        n: The exponent.

    Returns:
        The result, and its derivative.
    """
    raise NotImplementedError("01.7: power")


def exp(x: float) -> tuple[float, float]:
    """Return e to the power of `x`, and the derivative with respect to `x`.

    Example:
        >>> [float(number) for number in exp(0.0)]
        [1.0, 1.0]

    Args:
        x: A number.

    Returns:
        The result, and its derivative.
    """
    raise NotImplementedError("01.7: exp")


def log(x: float) -> tuple[float, float]:
    """Return the natural logarithm of `x`, and the derivative with respect to `x`.

    Example:
        >>> [round(float(number), 3) for number in log(2.0)]
        [0.693, 0.5]

    Args:
        x: A number above 0.

    Returns:
        The result, and its derivative.
    """
    raise NotImplementedError("01.7: log")


def sigmoid(x: float) -> tuple[float, float]:
    """Return the logistic function of `x`, and the derivative with respect to `x`.

    Example:
        >>> [float(number) for number in sigmoid(0.0)]
        [0.5, 0.25]

    Args:
        x: A number.

    Returns:
        The result, and its derivative.
    """
    raise NotImplementedError("01.7: sigmoid")


# %% [markdown]
# ### A number that remembers
#
# This class is ready-made. A `Value` is a number that remembers how it was computed: from which operands, and with
# which small derivatives. When you write `b * c` with two of them, Python calls `__mul__`, and that calls your
# `multiply`. So every formula that you write builds its own graph.
#
# You need not read the class. This is all that you do with it:
#
# ```python
# x = Value(5.0)  # a node; x.data is its number, 5.0
# y = 3 * x + 1   # another node, made of x; y.data is 16.0
# y.backward()    # walks from y back to x, with the function that you write in 01.8
# x.grad          # the derivative of y by x, 3.0
# ```


# %%
class Value:
    """A node of a computation graph.

    Attributes:
        data: Its number.
        grad: The derivative by it of the output on which `backward` was called.
        label: Its name in pictures.
        operation: What made it, such as `"×"`; empty for an input.
        operands: What it was made of: other nodes, and plain numbers.
        local_derivatives: Its derivative by each operand.
    """

    def __init__(
        self,
        data: float,
        label: str = "",
        operation: str = "",
        operands: tuple[Any, ...] = (),
        local_derivatives: tuple[float, ...] = (),
    ) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.label = label
        self.operation = operation
        self.operands = operands
        self.local_derivatives = local_derivatives

    def nodes(self) -> list["Value"]:
        """Return every node of the graph that ends here once: operands come before what is made of them."""
        found, seen, waiting = [], set(), [(self, False)]
        # a loop and no function that calls itself: Python stops after about 1000 calls inside one another
        while waiting:
            node, operands_done = waiting.pop()
            if operands_done:
                found.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting += [(one, False) for one in reversed(node.operands) if isinstance(one, Value)]
        return found

    def tape(self) -> list[list[tuple[int, float]]]:
        """Return the graph as plain numbers: for each node its operands' places, and the derivative by each."""
        nodes = self.nodes()
        places = {id(node): place for place, node in enumerate(nodes)}
        return [
            [
                (places[id(one)], derivative)
                for one, derivative in zip(node.operands, node.local_derivatives, strict=True)
                if isinstance(one, Value)
            ]
            for node in nodes
        ]

    def backward(self) -> None:
        """Set `grad` of every node of the graph to the derivative of this one by it."""
        for node, gradient in zip(self.nodes(), backpropagate(self.tape()), strict=True):
            node.grad = float(gradient)

    def named(self, label: str) -> "Value":
        """Set the label, and return the node itself."""
        self.label = label
        return self

    def exp(self) -> "Value":
        return made("exp", exp, self)

    def log(self) -> "Value":
        return made("log", log, self)

    def sigmoid(self) -> "Value":
        return made("σ", sigmoid, self)

    def __add__(self, other: Any) -> "Value":
        return made("+", add, self, other)

    def __radd__(self, other: Any) -> "Value":
        return made("+", add, other, self)

    def __sub__(self, other: Any) -> "Value":
        return made("−", subtract, self, other)

    def __rsub__(self, other: Any) -> "Value":
        return made("−", subtract, other, self)

    def __mul__(self, other: Any) -> "Value":
        return made("×", multiply, self, other)

    def __rmul__(self, other: Any) -> "Value":
        return made("×", multiply, other, self)

    def __truediv__(self, other: Any) -> "Value":
        return made("/", divide, self, other)

    def __rtruediv__(self, other: Any) -> "Value":
        return made("/", divide, other, self)

    def __pow__(self, exponent: float) -> "Value":
        return made("^", power, self, exponent)

    def __neg__(self) -> "Value":
        return -1 * self


def made(operation: str, function: Callable[..., Any], *operands: Any) -> Value:
    """Return a new node: what one of your functions gives for the numbers of the operands."""
    numbers = [one.data if isinstance(one, Value) else float(one) for one in operands]
    result, derivatives = function(*numbers)
    derivatives = [*np.atleast_1d(derivatives), 0.0][: len(operands)]  # an exponent has none
    return Value(result, operation=operation, operands=operands, local_derivatives=tuple(derivatives))


# %% [markdown]
# ### Picture: the lecture's graph, from left to right
#
# Your operations compute the numbers in the boxes. You should read 12, 14 and 42. On the arrows stand the small
# derivatives, 3 and 4, 1 and 1, and 3. If the 3 and the 4 stand the other way round, look at `multiply`.


# %%
def lecture_graph() -> Value:
    """Return the lecture's function as a graph."""
    a, b, c = Value(2.0, "a"), Value(4.0, "b"), Value(3.0, "c")
    u = (b * c).named("u")
    v = (a + u).named("v")
    return (3 * v).named("J")


@picture
def show_forward() -> str:
    """Draw the lecture's graph with its numbers."""
    from tfkit import plot_graph

    output = lecture_graph()
    plot_graph(output)
    numbers = ", ".join(f"{node.label} = {node.data:g}" for node in output.nodes())
    return f"The graph from left to right: {numbers}."


# %%
if __name__ == "__main__":
    show_forward()

# %% [markdown]
# **Pause.** The graph of `x * x` has one input. How many arrows lead from it to the product, and which small
# derivatives do they have at $x = 5$?
#
# <details><summary>Answer</summary>
#
# Two, one for each factor, and both have the derivative 5. Their sum, 10, is the derivative of $x^2$ at 5. Remember
# that sum.
#
# </details>

# %% [markdown]
# ## 01.8 · From right to left (6 points)
#
# The class hands you the graph as a list with one entry for each node, in the order in which they were computed. This
# is the lecture's graph:
#
# ```python
# tape = [
#     [],                    # 0: a
#     [],                    # 1: b
#     [],                    # 2: c
#     [(1, 3.0), (2, 4.0)],  # 3: u is made of 1 and 2; its derivative is 3 with respect to b, 4 to c
#     [(0, 1.0), (3, 1.0)],  # 4: v is made of 0 and 3
#     [(4, 3.0)],            # 5: J is made of 4
# ]
# ```
#
# Write $g_n$ for the derivative of the last node, the output, by node $n$. The output's derivative by itself is 1. For
# every other node, add up what comes back from each node $m$ that uses it:
#
# $$g_n = \sum_{m \text{ uses } n} g_m \, \frac{\partial m}{\partial n}$$
#
# Before you pass $g_m$ on, it has to be complete. In which order do you have to visit the nodes?
#
# Graphs are deep: a sum over 3000 examples is a chain of 3000 nodes. Python stops a function that calls itself so
# often, so use loops.


# %%
def backpropagate(tape: list[list[tuple[int, float]]]) -> list[float]:
    """Return the derivatives of the last node of a graph by each of its nodes.

    A node may be used by several others, or twice by the same one. One that does not lead to the last node has the
    derivative 0. There may be thousands of nodes.

    Example:
        >>> backpropagate([[], [], [], [(1, 3.0), (2, 4.0)], [(0, 1.0), (3, 1.0)], [(4, 3.0)]])
        [3.0, 9.0, 12.0, 3.0, 3.0, 1.0]

    Args:
        tape: For each node a list of `(place, derivative)`: where in the tape an operand stands, always a smaller
            number than the node's own place, and the node's derivative by it. An input has no operands, and an empty
            list.

    Returns:
        List of one number for each node.
    """
    raise NotImplementedError("01.8: backpropagate")


# %% [markdown]
# ### Picture: the lecture's graph, from right to left
#
# The same graph, and in each box a third line: the derivative of $J$ by it. At the inputs you should read 3, 9 and 12,
# the numbers of your `backward`, and of the slide. This picture needs your operations of 01.6 and your walk of 01.8.


# %%
@picture
def show_backward() -> str:
    """Draw the lecture's graph with its numbers and its derivatives."""
    from tfkit import plot_graph

    output = lecture_graph()
    output.backward()
    plot_graph(output)
    numbers = ", ".join(f"{node.label} {node.grad:g}" for node in reversed(output.nodes()))
    return f"The derivatives of J from right to left: {numbers}."


# %%
if __name__ == "__main__":
    show_backward()

# %% [markdown]
# ## 01.9 · The gradient of any formula (3 points)
#
# Now you can do what `numeric_gradient` did, exactly and in one walk. Make a `Value` of each number in `x`, hand the
# list of them to `f`, call `backward()` on what comes back, and collect the `grad` of each input.


# %%
def graph_gradient(f: Callable[[list[Value]], Value], x: np.ndarray) -> dict[str, Any]:
    """Return the value of a formula and its gradient, by one walk through its graph.

    Example:
        >>> found = graph_gradient(lambda x: 3 * x[0] ** 2 + x[1] ** 2, np.array([1.0, 1.0]))
        >>> found["value"], found["gradient"].tolist()
        (4.0, [6.0, 2.0])

    Args:
        f: Makes one `Value` of a list of them.
        x: Array of n numbers.

    Returns:
        Dict of `"value"`, a number, and `"gradient"`, an array of shape (n,). An input that `f` does not use has the
        derivative 0.
    """
    raise NotImplementedError("01.9: graph_gradient")


# %% [markdown]
# ## 01.10 · A neuron is a graph (5 points)
#
# The lecture's last graph is logistic regression, a network of one neuron. It weighs its inputs, bends the sum, and
# compares the result with the label $y$, which is 0 or 1:
#
# $$z = b + \sum_i w_i x_i \qquad \hat y = \sigma(z) \qquad
# L = -\big(y \ln \hat y + (1 - y) \ln(1 - \hat y)\big)$$
#
# First build the graph. What can be learnt, the weights and the bias, are `Value`s; the example, $x$ and $y$, are plain
# numbers. Then let it derive itself.


# %%
def logistic_graph(x: np.ndarray, w: list[Value], b: Value, y: float) -> Value:
    """Return the loss of one neuron on one example, as a graph.

    Example:
        >>> loss = logistic_graph(np.array([1.0, 2.0]), [Value(0.0), Value(0.0)], Value(0.0), 1.0)
        >>> round(loss.data, 4)
        0.6931

    Args:
        x: The example's features, array of n numbers.
        w: The weights, n nodes.
        b: The bias, a node.
        y: The label, 0 or 1.

    Returns:
        The node of the loss.
    """
    raise NotImplementedError("01.10: logistic_graph")


def logistic_gradient(x: np.ndarray, w: np.ndarray, b: float, y: float) -> dict[str, Any]:
    """Return the loss of one neuron on one example, and its derivatives with respect to weights and bias.

    Example:
        >>> found = logistic_gradient(np.array([1.0, 2.0]), np.array([0.0, 0.0]), 0.0, 1.0)
        >>> round(found["loss"], 4), found["w"].tolist(), found["b"]
        (0.6931, [-0.5, -1.0], -0.5)

    Args:
        x: The example's features, array of shape (n,).
        w: The weights, array of shape (n,).
        b: The bias, a number.
        y: The label, 0 or 1.

    Returns:
        Dict of `"loss"`, a number, and the derivatives `"w"`, array of shape (n,), and `"b"`, a number.
    """
    raise NotImplementedError("01.10: logistic_gradient")


# %% [markdown]
# ### Picture: the neuron of the lecture
#
# Two features, two weights, one bias. Follow the arrows from the last box, the loss, back to a weight and multiply what
# you meet. Look at the box in front of σ(·), which is $z$: its derivative should be $\hat y - y$, here −0.622, however
# complicated the way to it looks. If it is not, look at the minus in front of the loss and at the two logarithms.


# %%
@picture
def show_neuron() -> str:
    """Draw the graph of one neuron, with the derivatives of its loss."""
    from tfkit import plot_graph

    x, w, b, y = np.array([1.0, 2.0]), np.array([0.5, -0.75]), 0.5, 1.0
    weights = [Value(number, f"w{place}") for place, number in enumerate(w, 1)]
    loss = logistic_graph(x, weights, Value(b, "b"), y)
    loss.backward()
    plot_graph(loss)
    found = logistic_gradient(x, w, b, y)
    numeric = numeric_gradient(lambda t: logistic_gradient(x, t, b, y)["loss"], w)
    after = logistic_gradient(x, w - 0.5 * found["w"], b - 0.5 * found["b"], y)
    told = ", ".join(f"{number:.3f}" for number in found["w"])
    same = np.max(np.abs(numeric - found["w"]))
    return (
        f"The loss is {loss.data:.3f}; it should be 0.974. Its derivatives with respect to the weights are "
        f"{told}; they should be -0.622, -1.245. Nudging gives the same, up to {same:.6f}; that should be 0.000000. "
        f"One step of half the gradient downhill makes the loss {after['loss']:.3f}; it should be 0.227."
    )


# %%
if __name__ == "__main__":
    show_neuron()

# %% [markdown]
# **Pause.** In the next assignments the same neuron sees thousands of examples at once. What changes in the graph?
#
# <details><summary>Answer</summary>
#
# Nothing in its form: boxes hold arrays instead of numbers, and an arrow from the one bias to the sums of all examples
# makes its derivative a sum over the examples. That is where the sums in later gradients come from.
#
# </details>
