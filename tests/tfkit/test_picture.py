"""A picture waits for the question that it needs, and says below what it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest

from tfkit import picture


@pytest.fixture(autouse=True)
def close_figures():
    plt.close("all")  # those that other tests of this process have left
    yield
    plt.close("all")


def test_the_sentence_is_printed_below_and_not_returned(capsys, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: print("(picture)"))

    @picture
    def show_line(until, *, label):
        """Draws a line."""
        plt.plot([0, until])
        return f"The {label} rises to {until}."

    assert show_line(3, label="line") is None
    assert capsys.readouterr().out == "(picture)\nThe line rises to 3.\n"
    assert show_line.__name__ == "show_line" and show_line.__doc__ == "Draws a line."


def test_figures_that_are_shown_already_are_not_shown_twice(capsys, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: (print("(picture)"), plt.close("all")))

    @picture
    def show_line():
        plt.plot([0, 1])
        plt.show()
        return "A line."

    show_line()
    assert capsys.readouterr().out == "(picture)\nA line.\n"


@pytest.mark.parametrize(
    "message",
    [
        "06.3: relu",
        "06.3",
        # as TensorFlow's AutoGraph and Keras's layers tell it
        'in user code:\n\n    File "a.py", line 3, in step  *\n        relu(x)\n\n    NotImplementedError: 06.3: relu',
        "Exception encountered when calling Net.call().\n\n06.3: relu\n\nArguments received by Net.call():\n  • x=1",
        "Exception encountered when calling Net.call().\n\n\x1b[1m06.3: relu\x1b[0m\n\nArguments received",
    ],
)
def test_what_is_not_written_yet_is_one_line_and_leaves_no_figure(message, capsys):
    mine = plt.figure()

    @picture
    def show_relu():
        plt.figure()
        raise NotImplementedError(message)

    show_relu()
    name = " (relu)" if "relu" in message else ""
    assert capsys.readouterr().out == f"After 06.3{name} this cell draws your picture.\n"
    assert plt.get_fignums() == [mine.number]


# what a notebook of somebody holds
def relu(z):
    raise NotImplementedError("06.3 relu")


def elu(z):
    raise NotImplementedError("06.5 elu")


def forward(x, activation=None):
    return [elu(one) for one in x] if activation is None else activation(x)


class Layer:
    def __call__(self, x):
        raise NotImplementedError("06.10 Layer")


def written(z):
    if z < 0:
        raise NotImplementedError("not for negative numbers")
    return 10 / z


def returns_nothing(z):
    pass


@pytest.mark.parametrize(
    "show, needed",
    [
        (lambda: forward([relu(1)]), "06.3 (relu) and 06.5 (elu)"),
        (lambda: str(Layer()(forward([1]))) + written(1), "06.5 (elu) and 06.10 (Layer)"),
        (lambda activation: activation(1) or relu(1), "06.3 (relu)"),
    ],
)
def test_all_that_is_missing_is_named(show, needed, capsys):
    picture(show)(*[relu] * show.__code__.co_argcount)
    assert capsys.readouterr().out == f"After {needed} this cell draws your picture.\n"


def test_two_functions_of_one_question_are_named_together(capsys):
    def show_gates(gate):
        if gate == "or":
            raise NotImplementedError("02.2 or_weights")
        raise NotImplementedError("02.2 and_weights")

    picture(show_gates)("and")
    assert capsys.readouterr().out == "After 02.2 (and_weights, or_weights) this cell draws your picture.\n"


@pytest.mark.parametrize(
    "show, told",
    [
        (lambda: written(0), "written raises ZeroDivisionError: division by zero\nLook at LINE: return 10 / z"),
        (lambda: written(-1), "written raises NotImplementedError: not for negative numbers\nLook at LINE: raise"),
    ],
)
def test_what_a_function_raises_is_told_with_its_line_and_leaves_no_figure(show, told, capsys):
    mine = plt.figure()

    @picture
    def show_it():
        plt.figure()
        return show()

    show_it()
    out = re.sub(r"line \d+", "LINE", capsys.readouterr().out)
    assert out.startswith(f"Your picture is not drawn: {told}") and out.count("\n") == 2
    assert plt.get_fignums() == [mine.number]


def test_what_the_picture_itself_raises_leads_to_what_it_was_given(capsys):
    @picture
    def show_it():
        return f"It is {returns_nothing(1)[0]}."

    show_it()
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Your picture is not drawn: show_it raises TypeError: 'NoneType' object is not")
    assert re.fullmatch(r"Look at what your functions give to line \d+: return .*", second)


def test_a_message_that_cannot_be_read_or_is_long_is_told_all_the_same(capsys):
    class Long(Exception):
        def __str__(self):
            return "\n\nfirst\x1b[1m " + "x" * 999 + "\nsecond"

    @picture
    def show_it():
        raise Long

    show_it()
    first = capsys.readouterr().out.splitlines()[0]
    assert first.endswith("x…") and "Long: first x" in first and len(first) < 300


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_who_stops_it_stops_it(stop, capsys):
    @picture
    def show_it():
        raise stop

    with pytest.raises(stop):
        show_it()
    assert capsys.readouterr().out == ""


def test_tensorflow_and_keras_tell_the_line_of_the_student(tmp_path):
    code = """import keras, tensorflow as tf
from tfkit import picture

@tf.function
def step(x):
    return tf.matmul(x, tf.ones((5, 5)))

@tf.function
def unwritten(x):
    return later(x)

def later(x):
    raise NotImplementedError("06.9 later")

class Net(keras.Model):
    def call(self, x):
        return tf.matmul(x, x)

@picture
def show_step():
    return step(tf.ones((2, 3)))

@picture
def show_net():
    return Net()(tf.ones((2, 3)))

@picture
def show_unwritten():
    return unwritten(tf.ones(2))

show_step(), show_net(), show_unwritten()
"""
    file = tmp_path / "net.py"
    file.write_text(code, "utf-8")
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True, env=env)
    step, step_at, net, net_at, missing = done.stdout.splitlines()
    assert step.startswith("Your picture is not drawn: step raises ValueError: Dimensions must be equal")
    assert step_at == "Look at line 6: return tf.matmul(x, tf.ones((5, 5)))"
    assert net.startswith("Your picture is not drawn: call raises") and "function_node" not in net
    assert net_at == "Look at line 17: return tf.matmul(x, x)"
    assert missing == "After 06.9 (later) this cell draws your picture."


def test_an_author_who_forgets_the_sentence_is_told():
    @picture
    def show_relu():
        pass

    with pytest.raises(TypeError, match=r"expected show_relu to return the sentence .* received NoneType"):
        show_relu()


def test_it_needs_neither_tensorflow_nor_matplotlib():
    code = """
import sys
from tfkit import picture
@picture
def show():
    raise NotImplementedError("06.3: relu")
show()
print({"tensorflow", "matplotlib", "keras"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "After 06.3 (relu) this cell draws your picture.\nset()\n"
