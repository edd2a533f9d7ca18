"""The text that stands for what a kernel holds."""

from __future__ import annotations

import pytest

from autograder.notebook.memory import absent, memory_of


def ran(*cells, fails=(), space=None):
    """The memory of a kernel that has run cells; those that fail do so at a line that says `oops`."""
    space = {} if space is None else space
    for cell in cells:
        text = cell.replace("%%time\n", "\n")
        try:
            exec(compile(text, "cell", "exec"), space)
        except (NameError, SyntaxError):
            pass
    return memory_of(enumerate(["", *cells]), space)


def texts(memory):
    return {int(part["name"].rpartition(" ")[2]): part["text"] for part in memory.parts}


ONE, TWO = "def f(x):\n    return x", "def f(x):\n    return 2 * x"


def test_the_last_definition_counts_and_edits_do_not_pile_up():
    memory = ran(ONE, 'check("03.1")', TWO, 'check("03.1")')
    assert texts(memory) == {3: TWO} and memory.homes["f"] == 3


def test_what_was_used_between_two_definitions_keeps_both():
    memory = ran(ONE, "table = [f(2)]", TWO)
    assert texts(memory) == {1: ONE, 2: "table = [f(2)]", 3: TWO}


def test_a_cell_that_failed_before_its_definition_has_not_made_it():
    memory = ran(ONE, f"oops\n{TWO}\nRATE = 3")
    assert texts(memory)[1] == ONE and "2 * x" not in texts(memory)[2] and "RATE" not in texts(memory)[2]
    assert memory.homes["f"] == 1


def test_a_cell_that_failed_after_its_definition_has():
    memory = ran(ONE, f"{TWO}\noops\nRATE = 3")
    assert memory.homes["f"] == 2 and "2 * x" in texts(memory)[2]


def test_every_line_keeps_its_number():
    text = ran(ONE, f"import math\noops\n{TWO}\n\ndef g(x):\n    return x").parts[-1]["text"]
    assert text.splitlines()[:2] == ["import math", "oops"]
    later = ran(f"{ONE}\n\ndef g(x):\n    return x", f"# one\n{TWO}")
    assert texts(later)[1].splitlines() == ["", "", "", "def g(x):", "    return x"]


def test_a_cell_that_is_no_python_was_never_run():
    assert texts(ran(ONE, "def f(x:\n    return")) == {1: ONE}


def test_a_name_that_was_deleted_is_gone():
    memory = ran(ONE, "del f")
    assert "f" not in memory.homes and "return x" not in "".join(texts(memory).values())


def test_a_plain_value_of_a_cell_that_failed():
    memory = ran("RATE = 1", "RATE = oops", "oops\nRATE = 2")
    assert texts(memory)[1] == "RATE = 1" and "RATE = 2" not in texts(memory).get(3, "")
    assert texts(ran("RATE = 1", "RATE = 2"))[2] == "RATE = 2"


def test_magic_cells_are_as_ipython_runs_them():
    memory = ran(ONE, f"%%time\n{TWO}")
    assert memory.homes["f"] == 2 and texts(memory)[2].startswith("%%time\ndef f")
    assert texts(memory_of([(1, "%matplotlib inline\nx = 1")], {"x": 1}))[1].startswith("%matplotlib")


def test_classes_and_wrapped_functions_are_told_apart_too():
    wrapped = "import functools\n@functools.lru_cache\ndef g(x):\n    return {}"
    memory = ran(wrapped.format("x"), "oops\n" + wrapped.format("2 * x"))
    assert memory.homes["g"] == 1
    net = "class Net:\n    def call(self, x):\n        return {}"
    memory = ran(net.format("x"), "oops\n" + net.format("2 * x"))
    assert memory.homes["Net"] == 1


@pytest.mark.parametrize("one, two", [("1", "1.0"), ("1", "True"), ("0.0", "-0.0"), ("'a'", "'b'"), ("[1]", "[2]")])
def test_constants_of_functions_are_compared_as_they_are_written(one, two):
    assert ran(f"def f():\n    return {one}", f"oops\ndef f():\n    return {two}").homes["f"] == 1


def test_a_function_that_no_cell_made_leaves_the_text_as_it_is():
    space = {"f": lambda x: x}
    assert texts(memory_of([(1, ONE)], space)) == {1: ONE}


def test_the_import_of_the_checks_is_no_part_of_it():
    assert texts(ran("from autograder.notebook import check, hint", "import math")) == {2: "import math"}


def test_a_long_day_is_cut_to_what_stands():
    long = "# " + "x" * 100_000
    cells = [text for _ in range(6) for text in (f"{ONE}\n    {long}", "f(1)")]
    memory = ran(*cells)
    assert sum(len(part["text"]) for part in memory.parts) < 450_000 and memory.homes["f"] == 11


def test_what_is_not_there_is_told_by_question():
    functions = {"03.1": ("sigmoid",), "03.2": ("init", "draw")}
    assert absent(["03.1", "03.2", "03.3"], functions, {"init": 1, "sigmoid": 2}) == {"03.2": ["draw"]}
