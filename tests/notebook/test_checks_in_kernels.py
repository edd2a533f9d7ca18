"""`check` and `hint` in real kernels: what stands in memory is judged, whatever the files say."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notebook.kernels import ROOT, Kernel

pytestmark = pytest.mark.turns(4)
SOLUTION = (ROOT / "assignments" / "03_numpy_net" / "solution.py").read_text("utf-8")
STARTER = (ROOT / "assignments" / "03_numpy_net" / "starter.py").read_text("utf-8")
IMPORT = "from autograder.notebook import check, hint"


def function(name: str, text: str = SOLUTION) -> str:
    """One function of the solution, as a cell."""
    found = re.search(rf"^def {name}\(.*?(?=^# %%|\Z)", text, re.M | re.S)
    assert found
    return found[0].rstrip()


WRONG = function("backward").replace("/ len(Y)", "")
CAUSE = "why: W1, b1, W2 and b2 are all 7 times too large."


def cells() -> list[str]:
    names = re.findall(r"^def ((?!show_)\w+)\(", SOLUTION, re.M)
    return [IMPORT, "import numpy as np", *map(function, names)]


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    kernel = Kernel(tmp_path_factory.mktemp("notebook"))
    for cell in cells():
        assert kernel.run(cell).status == "ok"
    yield kernel
    kernel.close()


@pytest.fixture(autouse=True)
def right_again(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "kernel" in request.fixturenames:
        request.getfixturevalue("kernel").run("\n\n".join(cells()[1:]))


def test_a_right_answer_is_a_short_card(kernel):
    ran = kernel.run('check("03.5")')
    assert ran.status == "ok" and ran.card.startswith("✓ 03.5  5.5/5.5  Backward pass")
    assert "2.5 of 8 are graded after you hand in" in ran.card
    (html,) = [html for html in ran.html if html]
    assert ">✓<" in html and "Passed" in html and "5.5 of 5.5" in html and "graded later" in html


def test_what_is_not_begun_is_one_plain_sentence(kernel):
    kernel.run('def backward(cache, Y, params):\n    raise NotImplementedError("03.5 backward")')
    for question, told in [("03.5", "Not begun: 03.5."), ("03.7", "03.7 waits for 03.5, which you have not begun.")]:
        ran = kernel.run(f'check("{question}")')
        first, score = ran.card.splitlines()
        assert first == told and score.startswith("0 of ")
        (html,) = [html for html in ran.html if html]
        assert told in html and "Error" not in html and "✗" not in html and html.count("<div") == 3
    ran = kernel.run('check("03_numpy_net")')
    assert "Not begun: 03.5.\n03.7 waits for 03.5, which you have not begun.\nCheck one question alone" in ran.card
    assert "(+0.25 later)" in ran.card and "graded later)" not in ran.card
    assert any("(+0.25 later)" in html and "graded later)" not in html for html in ran.html)


def test_a_warning_is_told_once_with_its_cell(kernel):
    kernel.run("def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))")
    number = int(kernel.value("len(In) - 1"))
    ran = kernel.run('check("03.1")')
    told = rf"RuntimeWarning: overflow encountered in exp \(cell \[{number}\], line 2, \d+ times\)"
    (html,) = [html for html in ran.html if html]
    assert len(re.findall(told, ran.card)) == len(re.findall(told, html)) == 1
    assert "printed" not in ran.card and "printed" not in html


def test_a_picture_that_a_function_stops_is_told_in_two_lines(kernel):
    kernel.run("def sigmoid(Z):\n    return Z[0][0][0]")
    number = int(kernel.value("len(In) - 1"))
    ran = kernel.run(
        "from tfkit import picture\n@picture\ndef show_it():\n    return str(sigmoid(np.ones(2)))\nshow_it()"
    )
    assert ran.status == "ok" and ran.printed.splitlines() == [
        "Your picture is not drawn: sigmoid raises IndexError: invalid index to scalar variable.",
        f"Look at cell [{number}], line 2: return Z[0][0][0]",
    ]


def test_the_cause_comes_first_and_names_the_cell_as_jupyter_does(kernel):
    kernel.run(WRONG)
    number = int(kernel.value("len(In) - 1"))
    ran = kernel.run('check("03.5")')
    lines = ran.card.splitlines()
    line = WRONG[: WRONG.index("D2 = ")].count("\n") + 1
    assert lines[0].startswith("✗ 03.5") and lines[1].strip().startswith(CAUSE)
    assert f"Look at cell [{number}], which begins with `def backward(" in lines[1]
    assert lines[1].endswith(f"`, line {line}, in backward.")
    assert lines[2].strip().startswith(f"Next: change `backward` in cell [{number}], run that cell, and check again.")
    assert "All 20 entries of W1 are wrong." in lines[3]
    (html,) = [html for html in ran.html if html]
    places = [html.index(text) for text in ("7 times too large", "Next: change", "All 20 entries", "<img src")]
    assert places == sorted(places)
    assert html.count("data:image/svg+xml;base64,") == html.count('alt="Heat map: ') == 3


def test_the_card_can_neither_leak_nor_be_leaked_into(kernel):
    kernel.run(WRONG)
    html = "".join(kernel.run('check("03.5")').html)
    assert not re.search(r"<(?!/?(div|span|img)\b)", html) and " class=" not in html and " id=" not in html
    # nothing that is said by its colour alone, and no colour of text on a ground that it does not know
    assert "background" not in html and "✗" in html and "Failed" in html


def test_a_redefinition_counts_at_once_and_an_unrun_edit_does_not(kernel):
    assert kernel.run('check("03.5")').card.startswith("✓")
    assert kernel.run(WRONG + '\n\ncheck("03.5")').card.startswith("✗")
    # the student edits the cell and does not run it: nothing reaches the kernel
    assert kernel.run('check("03.5")').card.startswith("✗")
    kernel.run(function("backward"))
    assert kernel.run('check("03.5")').card.startswith("✓")


def test_a_cell_that_fails_half_way_counts_as_far_as_it_came(kernel):
    assert kernel.run(f"1 / 0\n{WRONG}").status == "error"
    assert kernel.run('check("03.5")').card.startswith("✓")
    assert kernel.run(f"{WRONG}\n1 / 0").status == "error"
    assert kernel.run('check("03.5")').card.startswith("✗")


def test_what_is_not_in_memory_is_told(kernel):
    kernel.run("del backward")
    ran = kernel.run('check("03.5")')
    assert "– 03.5" in ran.card and "`backward` is not in memory yet. Run its cell first." in ran.card
    assert "This builds on 03.5" in kernel.run('check("03.7")').card or "backward" in kernel.run('check("03.7")').card


def test_a_question_waits_for_what_it_builds_on(kernel):
    kernel.run(WRONG)
    card = kernel.run('check("03.7")').card
    assert "– 03.7" in card and "This builds on 03.5. Fix that first." in card
    assert "When it is graded, this is judged without your mistakes in 03.5." in card


def test_nothing_of_the_student_is_touched(kernel):
    kernel.run("import numpy as np, random, matplotlib; _ = 1")
    state = (
        "(sorted(globals()), hash(np.random.get_state()[1].tobytes()), hash(random.getstate()), "
        "str(matplotlib.rcParams), np.geterr(), __import__('os').getcwd())"
    )
    kernel.run(f"before = after = None\nbefore = {state}")
    kernel.run('check("03.4")')
    kernel.run(f"after = {state}")
    # IPython remembers each cell and its result
    assert kernel.value("[n for n in after[0] if n not in before[0] and not n.startswith('_i')]") == "[]"
    assert kernel.value("before[1:] == after[1:]") == "True"


@pytest.mark.parametrize(
    "call, line",
    [
        ('check("03.55")', "03_numpy_net has no question 03.55; did you mean 03.5?"),
        ('check("99.1")', "there is no assignment '99'; known are: "),
        ('check("03_numpy_nett")', "there is no assignment '03_numpy_nett'; did you mean 03_numpy_net"),
        ('check("03.4", "04.4")', "one check is of one assignment"),
        ('check("03.4", help_level="all")', "expected a help level of where, kind, value, lecture; received 'all'"),
        ('check("backward", "03.5")', "expected the id of a question, such as 01.1, received 'backward'"),
        ("check(03.10)", 'write the id in quotes, such as check("03.5")'),
        ("hint(3.5)", 'write the id in quotes, such as hint("03.5")'),
        ('hint("03.55")', "03_numpy_net has no question 03.55; did you mean 03.5?"),
        ('hint("backward")', "expected the id of a question"),
        ("%check 03.55", "03_numpy_net has no question 03.55"),
        ("%hint", "expected the id of a question, such as %hint 03.5"),
    ],
)
def test_a_mistake_in_asking_is_one_plain_line(kernel, call, line):
    ran = kernel.run(call)
    assert ran.status == "ok" and not ran.errors and not ran.shown
    assert ran.printed.count("\n") == 1 and line in ran.printed and "\x1b" not in ran.printed


def test_magics_several_questions_and_whole_assignments(kernel):
    assert kernel.run("%check 03.4").card.startswith("✓ 03.4")
    assert kernel.run('check("3.4", "03.5")').card.count("✓") == 2
    whole = kernel.run('check("03_numpy_net")').card
    assert whole.count("✓") == 12 and "29.75 of 29.75 public points; 10.25 of 40" in whole
    assert kernel.run("check(3)").card.count("✓") == 12
    kernel.run("del backward")
    assert "– 03.5" in kernel.run('check("03_numpy_net")').card
    some = kernel.run("check()").card
    assert "03.5" not in re.findall(r"^. (\S+)", some, re.M) and some.count("✓") >= 8


def test_an_interrupt_stops_the_check_and_nothing_else(kernel):
    kernel.run("def mse_loss(Y_hat, Y):\n    while True:\n        pass")
    began = time.monotonic()
    ran = kernel.run('check("03.4")', interrupt_after=1.5)
    assert ran.printed == "The check was stopped.\n" and not ran.errors and time.monotonic() - began < 8
    checker = "__import__('autograder').notebook.asking._processes"
    before = kernel.value(f"[one._process.pid for one in {checker}.values()]")
    kernel.run(function("mse_loss"))
    assert kernel.run('check("03.4")').card.startswith("✓")
    assert kernel.value(f"[one._process.pid for one in {checker}.values()]") == before


def test_two_checks_at_once(kernel):
    code = """
import threading
import autograder.notebook.asking as asking
answers = []
def ask(id):
    from autograder.notebook.memory import memory_of
    memory = memory_of(enumerate(get_ipython().history_manager.input_hist_raw), globals())
    process = asking._process_of(asking.find_assignment("03").folder)
    answers.append(process.ask(parts=memory.parts, homes={}, made=[], questions=[id], absent={})["text"])
threads = [threading.Thread(target=ask, args=(id,)) for id in ("03.4", "03.5")]
[one.start() for one in threads], [one.join() for one in threads]
print(sorted(text[:6] for text in answers))
"""
    assert kernel.run(code).printed.strip() == "['✓ 03.4', '✓ 03.5']"


def pids_below(pid: int) -> list[int]:
    """A process and what it has started, as far as that is known."""
    found = [pid]
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += pids_below(int(status.parent.name))
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: list[int], within: float = 15) -> bool:
    end = time.monotonic() + within
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(map(is_alive, pids))


def checkers(kernel: Kernel) -> list[int]:
    text = kernel.value("[one._process.pid for one in __import__('autograder').notebook.asking._processes.values()]")
    return json.loads(text)


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")


@needs_proc
def test_a_checker_that_is_killed_is_one_line_and_the_next_check_starts_another(kernel):
    kernel.run('check("03.4")')
    (pid,) = checkers(kernel)
    below = pids_below(pid)
    os.kill(pid, signal.SIGKILL)
    assert gone(below)
    assert kernel.run('check("03.4")').card.startswith("✓")
    kernel.run("def mse_loss(Y_hat, Y):\n    while True:\n        pass")
    (pid,) = checkers(kernel)
    threading.Timer(1.5, os.kill, (pid, signal.SIGKILL)).start()
    ran = kernel.run('check("03.4")')
    assert ran.printed.startswith("The checker has ended") and ran.printed.count("\n") == 1 and not ran.errors
    kernel.run(function("mse_loss"))
    assert kernel.run('check("03.4")').card.startswith("✓")


@needs_proc
@pytest.mark.parametrize("how", ["shut down", "killed", "killed in a check"])
def test_the_checker_ends_with_the_kernel(tmp_path, how):
    kernel = Kernel(tmp_path)
    try:
        for cell in (IMPORT, "import numpy as np", function("mse_loss")):
            kernel.run(cell)
        assert kernel.run('check("03.4")').card.startswith("✓")
        (pid,) = checkers(kernel)
        below = pids_below(pid)
        assert len(below) > 1
        if how == "shut down":
            kernel.client.shutdown()
            assert gone(below)
        else:
            if how == "killed in a check":
                kernel.run("def mse_loss(Y_hat, Y):\n    while True:\n        pass")
                kernel.client.execute('check("03.4")')
                time.sleep(1.5)
                below = pids_below(pid)
            kernel.manager.signal_kernel(signal.SIGKILL)
            assert gone(below)
    finally:
        kernel.close()


def test_files_beside_the_notebook_do_not_win(tmp_path):
    """An old script, a saved notebook, and modules with the names of those that the checker imports."""
    (tmp_path / "03_numpy_net.py").write_text(STARTER, "utf-8")
    (tmp_path / "03_numpy_net.ipynb").write_text("{}", "utf-8")
    for name in ("json", "queue", "pytest", "click"):
        (tmp_path / f"{name}_.py").write_text("1 / 0")
    (tmp_path / "code.py").write_text("1 / 0")
    (tmp_path / "msgspec.py").write_text("1 / 0")
    kernel = Kernel(tmp_path)
    try:
        for cell in (IMPORT, "import numpy as np", function("mse_loss")):
            assert kernel.run(cell).status == "ok"
        assert kernel.run('check("03.4")').card.startswith("✓")
    finally:
        kernel.close()


def test_where_nothing_can_be_forked(tmp_path):
    """As on Windows and macOS."""
    kernel = Kernel(tmp_path, AUTOGRADER_FORK="0")
    try:
        for cell in (IMPORT, "import numpy as np", function("mse_loss"), function("sigmoid")):
            assert kernel.run(cell).status == "ok"
        assert kernel.run('check("03.4")').card.startswith("✓")
        assert kernel.run('check("03.1")').card.startswith("✓")
    finally:
        kernel.close()


def test_a_notebook_that_is_called_by_an_assignment_begins_at_once(tmp_path):
    kernel = Kernel(tmp_path, JPY_SESSION_NAME="/home/ada/03_numpy_net.ipynb")
    try:
        kernel.run(IMPORT)
        assert len(checkers(kernel)) == 1
    finally:
        kernel.close()


def test_an_assignment_that_is_broken_is_one_line(tmp_path):
    folder = tmp_path / "assignments" / "03_numpy_net"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", folder, ignore=shutil.ignore_patterns("solution.py"))
    shutil.copytree(ROOT / "assignments" / "common", folder.parent / "common")
    (folder / "tests" / "test_public.py").write_text('@question("03.4", points=1)\ndef test(:\n')
    kernel = Kernel(tmp_path, AUTOGRADER_ASSIGNMENTS=str(folder.parent))
    try:
        for cell in (IMPORT, "import numpy as np", function("mse_loss")):
            assert kernel.run(cell).status == "ok"
        ran = kernel.run('check("03.4")')
        assert ran.printed.count("\n") == 1 and "test_public.py:2: SyntaxError" in ran.printed
        assert not ran.errors
    finally:
        kernel.close()


def test_hints_go_one_step_further(tmp_path):
    folder = tmp_path / "assignments" / "03_numpy_net"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", folder)
    shutil.copytree(ROOT / "assignments" / "common", folder.parent / "common")
    (folder / "hints.toml").write_text('"03.4" = ["One?", "Two.", "Three."]\n')
    kernel = Kernel(tmp_path, AUTOGRADER_ASSIGNMENTS=str(folder.parent), AUTOGRADER_CACHE=str(tmp_path / "cache"))
    try:
        kernel.run(IMPORT)
        ran = kernel.run('hint("03.4")')
        assert ran.shown == ['03.4, hint 1 of 3\n  One?\nhint("03.4") shows the next one.']
        assert "Two." in kernel.run("%hint 03.4").shown[0] and "One?" in kernel.run("%hint 03.4 1").shown[0]
        kernel.run("import numpy as np\ndef mse_loss(Y_hat, Y):\n    return 0.0")
        assert '`hint("03.4")` shows hint 3 of 3.' in kernel.run('check("03.4")').card
    finally:
        kernel.close()
