"""Which assignment a file belongs to, and what is said where that cannot be known."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.asked import asked_for
from autograder.cli.belonging import assignment_of, find_named
from autograder.cli.program import program
from autograder.errors import UsageError
from tests.course import ASSIGNMENTS

pytestmark = pytest.mark.turns(4)
ROOT = Path(__file__).parents[2] / "assignments"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_ASSIGNMENTS", str(ROOT))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("ending", ["py", "ipynb"])
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_file_tells_by_what_it_holds(name, ending):
    shutil.copy(ROOT / name / f"starter.{ending}", f"My net.{ending}")
    found, file = find_named(f"My net.{ending}")
    assert found.name == name and file == Path(f"My net.{ending}")


@pytest.mark.parametrize(
    "name, text, wanted",
    [
        ("07_losses.py", "", "07_losses"),
        ("07_losses (1).py", "x = 1", "07_losses"),
        ("07_LOSSES_final.py", "def backward(): pass", "07_losses"),
        # of three that ask for such a function, the number says which; it alone says nothing against what is there
        ("04.py", "def forward(X): pass", "04_tape_net"),
        ("4-net.py", "def forward(X): pass", "04_tape_net"),
        ("1_try.py", "def mae(a, b): pass", "07_losses"),
        ("07.py", "x = 1", "07_losses"),
        ("homework.py", "# ## 06.3 · ReLU", "06_activations_and_initializers"),
        ("homework.py", "check('06.3')", "06_activations_and_initializers"),
    ],
)
def test_a_file_tells_by_its_name_or_what_it_holds(name, text, wanted):
    Path(name).write_text(text, "utf-8")
    assert assignment_of(Path(name)).name == wanted


@pytest.mark.parametrize(
    "name, text, told",
    [
        ("net.py", "x = 1", "net.py fits no assignment; say which it is: autograder check NUMBER net.py"),
        (
            "net.py",
            "def forward(X): pass",
            "net.py fits 01_computation_graphs, 03_numpy_net and 04_tape_net; say which it is: "
            "autograder check 01 net.py",
        ),
        (
            "2026_net.py",
            "x = 10.5",
            "2026_net.py fits no assignment; say which it is: autograder check NUMBER 2026_net.py",
        ),
        ("net.py", "", "net.py is empty; save your work and try again"),
        ("net.ipynb", "{", "net.ipynb"),
    ],
)
def test_where_it_cannot_be_known_one_line_says_what_to_do(name, text, told):
    Path(name).write_text(text, "utf-8")
    for command in ("check", "hint"):
        words = [command, name, *(["03.1"] if command == "hint" else [])]
        with pytest.raises(UsageError) as caught:
            program(words, standalone_mode=False)
        assert str(caught.value).startswith(told) and "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_no_assignment_either():
    with pytest.raises(UsageError, match=r"^there is no file 07_losses\.py; is it in another folder"):
        find_named("07_losses.py")
    with pytest.raises(UsageError, match=r"^there is no assignment '07_loses'; did you mean 07_losses"):
        find_named("07_loses")


@pytest.mark.parametrize(
    "word, told",
    [
        ("nonsense", "known are: 01_computation_graphs, "),
        ("02_neurons", "did you mean 02_neuron?"),
        ("neuron", "did you mean 02_neuron?"),
        ("4_tape", "did you mean 04_tape_net?"),
        ("03_numpy_nett", "did you mean 03_numpy_net?"),
        ("07_loses", "did you mean 07_losses?"),
        ("net", "did you mean 03_numpy_net or 04_tape_net or 05_keras_net or 11_convnets_and_ensembles?"),
    ],
)
def test_what_is_near_is_offered_and_nothing_else(word, told):
    with pytest.raises(UsageError) as caught:
        find_named(word)
    assert str(caught.value).startswith(f"there is no assignment {word!r}; {told}")


@pytest.mark.parametrize(
    "words, options",
    [
        (["03.4,03.6"], []),
        (["03.4, 03.6"], []),
        (["03.4,", "03.6"], []),
        (["03", "03.4,03.6"], []),
        (["03"], ["03.4,03.6"]),
        (["03.4"], ["3.6"]),
    ],
)
def test_ids_may_have_commas_between_them(words, options):
    shutil.copy(ROOT / "03_numpy_net" / "starter.py", "03_numpy_net.py")
    asked = asked_for("check", words[0], [Path(one) for one in words[1:]], options)
    assert asked.assignment.name == "03_numpy_net" and sorted(asked.questions) == ["03.4", "03.6"]
    assert asked.path == Path("03_numpy_net.py") and not asked.is_named


def test_a_folder_stands_for_the_file_in_it():
    Path("mine").mkdir()
    with pytest.raises(UsageError, match=r"^there is no script and no notebook in mine"):
        find_named("mine")
    for number, name in enumerate(("07_losses.py", "07_losses.ipynb", "notes.py")):
        shutil.copy(ROOT / "07_losses" / f"starter.{name[-2:].replace('nb', 'ipynb')}", Path("mine") / name)
        os.utime(Path("mine") / name, (number, number))
    found, file = find_named("mine")
    assert (found.name, file) == ("07_losses", Path("mine/07_losses.ipynb"))
    Path("mine/03_numpy_net.py").write_text("")
    with pytest.raises(UsageError, match=r"found 03_numpy_net\.py, 07_losses\.ipynb, 07_losses\.py; name one: "):
        find_named("mine")
    # the folder of an assignment is that, whatever lies in it
    assert find_named(str(ROOT / "07_losses"))[1] is None


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "check", *words]
    env = os.environ | {"PYTHONPATH": str(ROOT.parent)}
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=120)


def test_check_takes_a_file_and_its_questions_in_any_order():
    Path("mine").mkdir()
    file = shutil.copy(ROOT / "03_numpy_net" / "solution.py", "mine/03_numpy_net.py")
    ways = [(file, "03.4"), ("03.4", file), ("03", file, "03.4"), ("03", "mine", "-q", "03.4"), ("mine", "03.4")]
    for words in ways:
        done = run(*words)
        assert done.returncode == 0, done.stderr
        first, row, _ = done.stdout.splitlines()
        assert first.startswith(f"{file}, saved today") and row.startswith("✓ 03.4")
    for words, told in [
        ((file, file), "expected one file to check, received mine/03_numpy_net.py, mine/03_numpy_net.py"),
        (("03",), "there is no file 03_numpy_net.py; name yours: autograder check 03 FILE"),
        ((file, "07.4"), "03_numpy_net has no question 07.4; did you mean"),
        (("03", "-q", "99"), "expected the id of a question, such as 03.1, received '99'"),
    ]:
        done = run(*words)
        assert done.returncode == 2 and done.stderr.startswith(f"autograder: {told}") and done.stderr.count("\n") == 1


def test_hint_takes_a_file_as_well_and_asks_for_the_question():
    shutil.copy(ROOT / "03_numpy_net" / "starter.py", "net.py")
    told = CliRunner().invoke(program, ["hint", "net.py", "03.5", "--step", "1"]).output
    assert told.startswith("03.5, hint 1 of 3\n")
    for word in ("03", "net.py"):
        error = CliRunner().invoke(program, ["hint", word], standalone_mode=False).exception
        assert str(error) == "a hint is for one question of 03_numpy_net; name it: autograder hint 03.1"
