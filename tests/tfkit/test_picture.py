"""A picture waits for the question that it needs, and says below what it shows."""

import subprocess
import sys

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest

from tfkit import picture


@pytest.fixture(autouse=True)
def close_figures():
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
    assert capsys.readouterr().out == "After 06.3 this cell draws your picture.\n"
    assert plt.get_fignums() == [mine.number]


@pytest.mark.parametrize(
    "error", [NotImplementedError("abstract"), NotImplementedError(), ValueError("06.3: relu"), ZeroDivisionError()]
)
def test_any_other_exception_passes_as_it_is(error, capsys):
    @picture
    def show_relu():
        raise error

    with pytest.raises(type(error)) as caught:
        show_relu()
    assert caught.value is error and capsys.readouterr().out == ""


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
    assert done.stdout == "After 06.3 this cell draws your picture.\nset()\n"
