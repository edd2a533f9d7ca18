"""Right: everything is a class, and a Value of its own that carries its backward step along."""

import numpy as np


class Nudger:
    def __init__(self, f, h):
        self.f, self.h = f, h

    def slope(self, before, after):
        return (self.f(after) - self.f(before)) / (2 * self.h)

    def number(self, x):
        return self.slope(x - self.h, x + self.h)

    def array(self, x):
        steps = self.h * np.eye(x.size)
        return np.array([self.slope(x - e, x + e) for e in steps.reshape(x.size, *x.shape)]).reshape(x.shape)


def numeric_derivative(f, x, h=1e-5):
    return Nudger(f, h).number(x)


def numeric_gradient(f, x, h=1e-5):
    return Nudger(f, h).array(x)


class Lecture:
    factor = 3

    def __init__(self, a, b, c):
        self.a, self.b, self.c = a, b, c

    @property
    def u(self):
        return self.b * self.c

    @property
    def v(self):
        return self.a + self.u

    @property
    def J(self):
        return self.factor * self.v

    def slopes(self):
        return {"a": self.factor, "b": self.factor * self.c, "c": self.factor * self.b}


def forward(a, b, c):
    lecture = Lecture(a, b, c)
    return {name: getattr(lecture, name) for name in ("u", "v", "J")}


def backward(a, b, c):
    return Lecture(a, b, c).slopes()


class Dual:
    """A value with its slope."""

    def __init__(self, value, slope):
        self.value, self.slope = value, slope

    def through(self, f, df):
        return Dual(f(self.value), df(self.value) * self.slope)

    def pair(self):
        return self.value, self.slope


def chain(x):
    e = Dual(x, np.ones_like(x)).through(lambda t: -t * t, lambda t: -2 * t).through(np.exp, np.exp)
    s = e.through(lambda t: 1 / t, lambda t: -1 / t**2).through(np.sin, np.cos)
    c = s.through(np.cos, lambda t: -np.sin(t))
    return {"exp": e.pair(), "sin": s.pair(), "cos": c.pair(), "log": c.through(np.log, lambda t: 1 / t).pair()}


class Operation:
    def __init__(self, value, *slopes):
        self.value, self.slopes = value, slopes

    def __call__(self, *operands):
        slopes = tuple(slope(*operands) for slope in self.slopes)
        return self.value(*operands), slopes if len(slopes) > 1 else slopes[0]


one = lambda *_: 1.0
add = Operation(lambda a, b: a + b, one, one)
subtract = Operation(lambda a, b: a - b, one, lambda a, b: -1.0)
multiply = Operation(lambda a, b: a * b, lambda a, b: b, lambda a, b: a)
divide = Operation(lambda a, b: a / b, lambda a, b: 1 / b, lambda a, b: -a / b / b)
power = Operation(lambda x, n: x**n, lambda x, n: n * x ** (n - 1))
exp = Operation(np.exp, np.exp)
log = Operation(np.log, lambda x: 1 / x)
squash = lambda x: 1 / (1 + np.exp(-x))
sigmoid = Operation(squash, lambda x: squash(x) * squash(-x))


class Value:
    """After Karpathy: each node knows how to pass its own gradient on."""

    count = 0

    def __init__(self, data, label="", children=(), pass_on=None):
        self.data, self.label, self.children = float(data), label, children
        self.grad, self.pass_on = 0.0, pass_on
        Value.count += 1
        self.number = Value.count

    @staticmethod
    def of(operation, *operands):
        operands = [o if isinstance(o, Value) else Value(o) for o in operands]
        data, slopes = operation(*[o.data for o in operands])
        slopes = np.atleast_1d(slopes)
        out = Value(data, children=tuple(operands))

        def pass_on():
            for operand, slope in zip(operands, slopes):
                operand.grad += slope * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        return Value.of(add, self, other)

    __radd__ = __add__

    def __mul__(self, other):
        return Value.of(multiply, self, other)

    __rmul__ = __mul__

    def __sub__(self, other):
        return Value.of(subtract, self, other)

    def __rsub__(self, other):
        return Value.of(subtract, other, self)

    def __truediv__(self, other):
        return Value.of(divide, self, other)

    def __rtruediv__(self, other):
        return Value.of(divide, other, self)

    def __pow__(self, n):
        return Value.of(lambda x: power(x, n), self)

    def __neg__(self):
        return self * -1

    def exp(self):
        return Value.of(exp, self)

    def log(self):
        return Value.of(log, self)

    def sigmoid(self):
        return Value.of(sigmoid, self)

    def backward(self):
        found, stack = {self.number: self}, [self]
        while stack:
            for child in stack.pop().children:
                if child.number not in found:
                    found[child.number] = child
                    stack.append(child)
        self.grad = 1.0
        for number in sorted(found, reverse=True):
            if found[number].pass_on:
                found[number].pass_on()


class Walk:
    def __init__(self, tape):
        self.tape = tape
        self.grads = np.zeros(len(tape))
        self.grads[-1] = 1

    def run(self):
        for i in np.arange(len(self.tape))[::-1]:
            for j, local in self.tape[i]:
                self.grads[j] += self.grads[i] * local
        return self.grads


def backpropagate(tape):
    return Walk(tape).run()


def graph_gradient(f, x):
    inputs = [Value(v) for v in x]
    out = f(inputs)
    out.backward()
    return {"value": out.data, "gradient": np.array([v.grad for v in inputs])}


class Neuron:
    def __init__(self, w, b):
        self.w, self.b = [Value(v) for v in w], Value(b)

    def loss(self, x, y):
        return logistic_graph(x, self.w, self.b, y)


def logistic_graph(x, w, b, y):
    z = sum(wi * xi for wi, xi in zip(w, x)) + b
    p = z.sigmoid()
    return -(p.log() * y + (1 - p).log() * (1 - y))


def logistic_gradient(x, w, b, y):
    neuron = Neuron(w, b)
    loss = neuron.loss(x, y)
    loss.backward()
    return {"loss": loss.data, "w": np.array([wi.grad for wi in neuron.w]), "b": neuron.b.grad}
