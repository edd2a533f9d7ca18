"""`autograder try`: right answers and wrong ones of authors, in files, folders and tables, on many seeds."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from autograder.assignment.definition import Assignment
from autograder.authoring.attempts import Attempt, attempts_in
from autograder.authoring.skeleton import write_skeleton
from autograder.authoring.trying import Seen, Tried
from autograder.cli.program import program
from autograder.cli.program import run as run_program
from autograder.cli.tried_table import print_tried
from autograder.errors import UsageError

pytestmark = pytest.mark.turns(4)
ROOT = Path(__file__).parents[2]
RETURN = "return (X * weights[:, None]).sum(0) / weights.sum()"
RIGHT = f"def weighted_mean(X, weights):\n    {RETURN}\n"
WRONG = RIGHT.replace("weights.sum()", "len(X)")
# right where there are several features
ALMOST = RIGHT.replace("weights.sum()", "(weights.sum() if X.shape[1] > 1 else 1)")


@pytest.fixture(scope="module")
def author(tmp_path_factory):
    """The folder of an author who has just begun: `13_first` in `assignments`, built."""
    home = tmp_path_factory.mktemp("author")
    write_skeleton("13_first", "numpy", home / "assignments")
    # a loop without end is waited for
    settings = home / "assignments" / "13_first" / "assignment.toml"
    settings.write_text(settings.read_text("utf-8").replace("question = 10", "question = 3"), "utf-8")
    status, out = run(home, "build", "13")
    assert status == 0, out
    return home


def command(home: Path, *arguments: object) -> tuple[list[str], dict[str, str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "160", "AUTOGRADER_CACHE": str(home / "cache")}
    environment.pop("AUTOGRADER_ASSIGNMENTS", None)
    return [sys.executable, "-m", "autograder", *map(str, arguments)], environment


def run(home: Path, *arguments: object) -> tuple[int, str]:
    words, environment = command(home, *arguments)
    done = subprocess.run(words, capture_output=True, text=True, cwd=home, env=environment, timeout=600)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def written(folder: Path, **texts: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


def rows(out: str) -> dict[str, list[str]]:
    """The table: what stands in each row, by the answer."""
    cells = [[cell.strip() for cell in line.split("│")] for line in out.splitlines() if line.count("│") > 4]
    return {row[1].rpartition("/")[2]: [row[0], *row[2:]] for row in cells}


def test_any_mix_is_tried(author):
    """What is right, wrong, mislabelled, broken and endless, as one author might bring it, in one table."""
    cells = [{"cell_type": "code", "source": f"import numpy as np\n{RIGHT}", "outputs": []}]
    rewrites = written(
        author / "term" / "rewrites",
        vector__py=RIGHT,
        notebook__ipynb=json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}),
        whole__py=f"import numpy\n{RIGHT}",
        too_short__py=ALMOST,
        _draft__py="this is no Python (",
    )
    mistakes = written(
        author / "term" / "mistakes",
        labelled__py=f'"""labelled: it counts rows.\n\nquestion: 13.1\ncause: wrong-count\n"""\n{WRONG}',
        mislabelled__py=f'"""mislabelled: it counts rows.\n\nquestion: 13.1\ncause: sign\n"""\n{WRONG}',
        unlabelled__py=WRONG,
        caught_by_nothing__py=RIGHT,
        broken__py=f'"""broken: a bracket is missing.\n\ncause: missing-name\n"""\n{RIGHT.replace("):", ":")}',
        endless__py="def weighted_mean(X, weights):\n    while True: pass\n",
        notes__txt="nothing to be tried",
        table__txt="A table.\n\n=== 13.1 weighted_mean\n" + RIGHT + "\n--- twice: twice too much.\ncause: factor-two\n"
        f"- {RETURN}\n+ {RETURN} * 2\n",
    )
    single = author / "single.py"
    single.write_text(f'"""question: 13.1\n\nquestion: 13.1"""\n{WRONG}', "utf-8")
    status, out = run(author, "try", "13", rewrites, mistakes / "table.txt", mistakes, single, "--seeds", "3")
    assert status == 1
    found = rows(out)
    full, none = ["4/4", "3 of 3"], ["0/4", "3 of 3"]
    assert found["solution.py"] == ["✓", "right", "all", *full, ""]
    for name in ("vector.py", "notebook.ipynb", "whole.py"):
        assert found[name] == ["✓", "right", "all", *full, ""], name
    assert found["table.txt: right, 13.1"] == ["✓", "right", "13.1", *full, ""]
    assert found["table.txt: twice"] == ["✓", "wrong", "13.1", *none, "factor-two"]
    assert found["labelled.py"] == ["✓", "wrong", "13.1", *none, "wrong-count"]
    assert found["unlabelled.py"] == ["✓", "wrong", "13.1", *none, "wrong-count"]
    assert found["single.py"][:3] == ["✓", "wrong", "13.1"]
    assert found["broken.py"][:2] == ["✓", "wrong"] and found["broken.py"][3] == "0/4"
    # once: on each seed it would be waited for again
    assert found["endless.py"][:5] == ["✓", "wrong", "13.1", "0/4", "1 of 1"]
    assert found["mislabelled.py"] == ["✗", "wrong", "13.1", *none, "wrong-count"]
    assert found["caught_by_nothing.py"] == ["✗", "wrong", "13.1", "4/4", "0 of 3", ""]
    assert found["too_short.py"][0] == "✗" and found["too_short.py"][4] == "0 of 3"
    assert "_draft.py" not in out and "notes.txt" not in out
    assert "✗ mistakes/mislabelled.py: expected sign, told is wrong-count: " in out
    assert "✗ mistakes/caught_by_nothing.py: it is to be wrong, and earns full marks on every seed" in out
    assert re.search(r"✗ rewrites/too_short\.py: it is to be right, and loses points in 13\.1 on every seed: \S", out)
    # lines are those of the author's own file
    assert "mistakes/labelled.py: The result: this divides by the wrong number" in out
    assert "Look at line 7, in weighted_mean." in out


def test_ctrl_c_shows_what_is_done(author):
    slow = "import time\ntime.sleep(3)\n" + RIGHT.replace("return", "time.sleep(0.5)\n    return")
    folder = written(author / "slow" / "rewrites", **{f"slow_{number}__py": slow for number in range(20)})
    words, environment = command(author, "try", "13", folder, "--seeds", "30", "--workers", "1")
    process = subprocess.Popen(words, stdout=-1, stderr=-1, text=True, cwd=author, env=environment)
    end = time.monotonic() + 120
    while not has_worker(process.pid) and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and re.fullmatch(r"stopped after \d+ of 21\n", err), err


def has_worker(pid: int) -> bool:
    """Whether a process that tries answers has been started."""
    commands = (" ".join(child.cmdline()) for child in psutil.Process(pid).children(recursive=True))
    with contextlib.suppress(psutil.NoSuchProcess):
        return any("spawn_main" in command for command in commands)
    return False


def made(folder: Path, *paths: Path) -> list[Attempt]:
    return attempts_in(Assignment.load(folder), paths)


# what cannot be tried, and the line
REFUSED = [
    (
        "plain/answer.py",
        RIGHT,
        r"answer\.py: is it right or wrong\? Put it into a folder rewrites or mistakes, or write",
    ),
    ("mistakes/x.py", '"""x: y.\nquestion: 13.7\n"""', r"x\.py:2: there is no question 13\.7; did you mean 13\.1\?"),
    (
        "mistakes/x.py",
        '"""x: y.\ncause: missing-maen\n"""',
        r"no kind of mistake missing-maen; did you mean missing-mean",
    ),
    ("mistakes/x.py", '"""x: y.\ncause: zzz\n"""', r"no kind of mistake zzz; .*REFERENCE\.md lists them"),
    ("mistakes/x.py", '"""x: y.\nnamed: maybe\n"""', r"expected named: no or named: by its check, received 'maybe'"),
    (
        "rewrites/x.py",
        "import numpy\n\ndef sigmoid(z):\n    return z\n",
        r"nothing of the solution, such as weighted_mean;",
    ),
    ("mistakes/x.txt", "only words", r"x\.txt has no section, a line such as === 13\.1 name; expected \.py, \.ipynb"),
    ("mistakes/x.csv", "1,2", r"x\.csv is none of them; expected \.py, \.ipynb or a table in \.txt"),
    ("mistakes/x.txt", "=== 13.1 f\nx = 1\n\n--- a: b.\n- y = 1\n+ y = 2\n", r"x\.txt:5: a: expected once in"),
    ("mistakes/x.txt", "=== 13.1 f\nx = 1\n\n--- a: b.\ndef f(:\n", r"x\.txt:5: a: this is not Python \(.*def f"),
    (
        "mistakes/x.txt",
        f"=== 13.1 f\n{RIGHT}\n--- a: b.\ncouse: sign\n- {RETURN}\n+ pass\n",
        r"x\.txt:6: a: there is no couse: here; did you mean cause\?",
    ),
    (
        "mistakes/x.txt",
        f"=== 13.1 f\n{RIGHT}\n--- a: b.\ncause: sing\n- {RETURN}\n+ pass\n",
        r"x\.txt:6: a: there is no kind of mistake sing; did you mean sign\?",
    ),
    (
        "mistakes/x.txt",
        f"=== 13.1 f\n{RIGHT}\n--- a: b.\n- {RETURN}\n+ return (\n",
        r"x\.txt:5: a: this is not Python \(.*no test would see",
    ),
    (
        "mistakes/x.py",
        '"""x: y.\ncouse: sign\n"""\n' + WRONG,
        r"x\.py:2: there is no couse: here; did you mean cause\?",
    ),
    (
        "mistakes/x.py",
        "def weighted_mean(X, weights:\n    return 1\n",
        r"x\.py:1: this is not Python \(.*no test would see",
    ),
    (
        "rewrites/x.py",
        "def weighted_means(X, w):\n    return X\n",
        r"it defines weighted_means, which no question asks for; did you mean weighted_mean\?",
    ),
    ("mistakes/x.txt", "=== 13.1 f\nx = 'é'\n", r"x\.txt is not UTF-8 text; save it as UTF-8"),
    ("mistakes/x.txt", "=== 13.9 f\nx = 1\n", r"there is no question 13\.9"),
]


@pytest.mark.parametrize("name, text, told", REFUSED)
def test_what_cannot_be_tried_is_one_line(author, tmp_path, name, text, told):
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, "latin-1")
    with pytest.raises(UsageError, match=told) as error:
        made(author / "assignments" / "13_first", path)
    assert "\n" not in str(error.value)


def test_what_is_named_twice_is_tried_once_and_links_are_not_followed(author, tmp_path):
    folder = written(tmp_path / "mistakes", a__py=WRONG)
    (folder / "again").symlink_to(folder)
    found = made(author / "assignments" / "13_first", folder, folder / "a.py", tmp_path)
    assert [one.name for one in found] == ["solution.py", "mistakes/a.py"]


def test_solution_that_is_no_python(author, tmp_path):
    copy = tmp_path / "13_copy"
    shutil.copytree(author / "assignments" / "13_first", copy)
    solution = copy / "solution.py"
    solution.write_text(solution.read_text("utf-8").replace("import numpy as np", "import numpy as"), "utf-8")
    with pytest.raises(UsageError, match=r"solution\.py, near line 10: .+ once it is fixed"):
        made(copy, copy / "mistakes")


def test_nothing_to_try(author, tmp_path, capsys):
    folder = author / "assignments" / "13_first"
    (tmp_path / "mistakes").mkdir()
    bare, student = tmp_path / "14_bare", tmp_path / "15_student"
    shutil.copytree(folder, bare, ignore=shutil.ignore_patterns("mistakes", "rewrites"))
    shutil.copytree(folder, student, ignore=shutil.ignore_patterns("solution.py"))
    for arguments, told in (
        ([folder, tmp_path / "mistakes"], "there is nothing to try in"),
        ([folder, tmp_path / "nowhere"], "nowhere; name a file, or a folder such as rewrites or mistakes"),
        ([folder, "--seeds", "0"], "0 is not in the range 1<=x<=1000"),
        ([bare], "has no folder rewrites and no folder mistakes; name files or folders to try"),
        ([student], "has no solution.py, which answers are compared with"),
    ):
        words = ["try", *map(str, arguments)]
        assert run_program(lambda words=words: program.main(words, standalone_mode=False)) == 2
        said = capsys.readouterr().err
        assert told in said and said.count("\n") == 1, said


# what is told, what the author's file says, whether that is as it should be
@pytest.mark.parametrize(
    "codes, causes, named, is_fine",
    [
        (("sign",), (), "", True),
        ((), (), "", True),
        (("sign",), ("zero", "sign"), "", True),
        (("zero",), ("sign",), "", False),
        (("zero", "sign"), ("sign",), "", False),  # what is told first is what counts
        ((), ("sign",), "", False),
        ((), (), "no", True),
        (("sign",), (), "no", False),
        ((), ("sign",), "by its check", True),
        (("sign",), ("sign",), "by its check", True),
        (("zero",), ("sign",), "by its check", False),
    ],
)
def test_label_and_what_is_told(codes, causes, named, is_fine):
    attempt = Attempt("x", False, ("13.1",), "", Path("x.py"), causes=causes, named=named)
    seen = (Seen(1, 0, 4, (("13.1", "wrong"),)),)
    assert Tried(attempt, seen, "wrong", codes).is_as_expected == is_fine


def test_what_a_right_answer_takes_from_the_solution_is_told(author, tmp_path, capsys):
    # two questions, and a rewrite of one
    copy = tmp_path / "assignments" / "13_first"
    shutil.copytree(author / "assignments" / "13_first", copy)
    solution = copy / "solution.py"
    more = "\n\n# %%\ndef vote(x):\n    # BEGIN SOLUTION 13.2\n    return x\n    # END SOLUTION\n"
    solution.write_text(solution.read_text("utf-8") + more, "utf-8")
    folder = written(tmp_path / "rewrites", part__py=RIGHT, named__py=f'"""named: b.\nquestion: 13.1\n"""\n{RIGHT}')
    found = {one.name: one for one in made(copy, folder)}
    assert found["rewrites/part.py"].borrowed == ("vote",) and not found["rewrites/named.py"].borrowed
    print_tried([Tried(found["rewrites/part.py"], (Seen(1, 4, 4, ()),))], 1)
    assert "rewrites/part.py: vote is missing in it; the solution's own was used" in capsys.readouterr().out
    written(tmp_path / "rewrites", typo__py=f"{RIGHT}\n\ndef votes(x):\n    return x\n")
    with pytest.raises(UsageError, match=r"typo\.py: it defines votes, which no question asks for; did you mean vote"):
        made(copy, folder)
