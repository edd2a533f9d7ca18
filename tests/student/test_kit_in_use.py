"""A kit that was changed, one of another version, and what stands where nothing is Linux."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

import autograder
from autograder.assignment.definition import Assignment
from autograder.assignment.kit import demand_whole
from autograder.authoring.starter import notebook_of
from autograder.errors import UsageError
from tests.student.evening import ROOT, WITHOUT_MEAN, Evening

pytestmark = pytest.mark.turns(4)
AGAIN = "; unpack the kit into another folder, and copy its folder assignments over this one"


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    one = Evening(tmp_path_factory.mktemp("course"))
    one.file.write_text(one.solved(WITHOUT_MEAN))
    return one


@pytest.fixture(autouse=True)
def whole(evening):
    """Puts the kit back as it was."""
    before = {path: path.read_bytes() for path in evening.kit.rglob("*") if path.is_file()}
    yield
    for path, content in before.items():
        path.write_bytes(content)


GRAVE = ["03_numpy_net/tests/test_public.py", "03_numpy_net/tests/problems.py", "common/two_layer.py"]
GRAVE += ["03_numpy_net/expected/public.json"]


@pytest.mark.parametrize("name", GRAVE)
@pytest.mark.parametrize("damage", ["changed", "cut", "missing"])
def test_what_verdicts_depend_on_is_named_and_not_judged_by(evening, name, damage):
    path = evening.kit / "assignments" / name
    if damage == "missing":
        path.unlink()
    else:
        content = path.read_bytes()
        path.write_bytes(content + b" " if damage == "changed" else content[: len(content) // 2])
    what = "is missing" if damage == "missing" else "was changed"
    with pytest.raises(UsageError, match=re.escape(f"assignments/{name} of this kit {what}{AGAIN}")):
        demand_whole(Assignment.load(evening.kit / "assignments" / "03_numpy_net"))


@pytest.mark.parametrize("words", [("check", "03.5"), ("submit", "03"), ("hint", "03.5"), ("check", "03_numpy_net.py")])
def test_every_command_says_it_in_one_line(evening, words):
    (evening.kit / "assignments" / "03_numpy_net" / "tests" / "test_public.py").unlink()
    told = evening.refused(*words)
    assert told == f"assignments/03_numpy_net/tests/test_public.py of this kit is missing{AGAIN}"


def test_what_helps_and_is_lost_costs_no_verdict(evening):
    folder = evening.kit / "assignments" / "03_numpy_net"
    (folder / "expected" / "steps.bin").write_bytes(b"x")
    (folder / "hints.toml").unlink()
    status, out = evening.run("check", "03.5")
    lost = "assignments/03_numpy_net/expected/steps.bin was changed and assignments/03_numpy_net/hints.toml is missing"
    assert status == 1 and out.splitlines()[1] == (
        f"This kit's {lost}, so less is told. Unpack the kit into another folder, and copy its folder assignments over "
        "this one."
    )
    assert "7 is your number of examples" in out
    hints = "assignments/03_numpy_net/hints.toml of this kit"
    assert evening.refused("hint", "03.5") == f"{hints} is missing, so there are no hints{AGAIN}"
    (folder / "hints.toml").write_text("")
    assert evening.refused("hint", "03.5") == f"{hints} was changed, so there are no hints{AGAIN}"


def test_a_bank_that_is_lost_is_one_line(evening):
    (evening.kit / "assignments" / "03_numpy_net" / "expected" / "bank.bin").unlink()
    status, out = evening.run("check", "03.5")
    assert (
        status == 1 and out.count("bank") == 2 and "There is no bank of usual mistakes here (expected/bank.bin)" in out
    )


def record(evening: Evening, **changes: object) -> None:
    path = evening.kit / "assignments" / "03_numpy_net" / "kit.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    "kit, own, told",
    [
        ("0.1.0", "0.1.0", ""),
        ("0.1.0", "0.2.0", "where your course has a newer kit, use that"),
        ("0.10.0", "0.9.1", "install the version of the kit"),
        ("0+unknown", "0.2.0", ""),
        ("one", "0.2.0", ""),
    ],
)
def test_a_kit_of_another_version(evening, monkeypatch, kit, own, told):
    monkeypatch.setattr(autograder, "__version__", own, raising=False)
    record(evening, made_by=kit)
    remarks = demand_whole(Assignment.load(evening.kit / "assignments" / "03_numpy_net"))
    assert remarks == ([f"This kit was made by autograder {kit}, here is {own}; {told}."] if told else [])


def test_a_kit_of_a_form_to_come(evening):
    record(evening, form=2, made_by="3.0")
    assert "this kit was made by autograder 3.0, which this one (" in evening.refused("check", "03")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"form": 1}', '{"form": 1, "made_by": "1", "files": 3}'])
def test_a_record_that_cannot_be_read(evening, content):
    (evening.kit / "assignments" / "03_numpy_net" / "kit.json").write_text(content)
    with pytest.raises(UsageError, match=re.escape(f"kit.json of this kit of 03_numpy_net cannot be read{AGAIN}")):
        demand_whole(Assignment.load(evening.kit / "assignments" / "03_numpy_net"))


def test_lines_that_end_as_on_windows_are_no_change(evening):
    for path in (evening.kit / "assignments").rglob("*"):
        if path.suffix in (".py", ".toml", ".json"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert demand_whole(Assignment.load(evening.kit / "assignments" / "03_numpy_net")) == []
    status, out = evening.run("check", "03.5")
    assert status == 1 and "7 is your number of examples" in out and "This kit" not in out


# what stands where nothing is Linux: the code that runs there, on this machine

AS_ON = """
import os, sys, sysconfig
os.environ["_PYTHON_SYSCONFIGDATA_NAME"] = sysconfig._get_sysconfigdata_name()
sys.platform = "darwin"
if os.environ["AS_ON"] == "windows":
    class Absent:
        def find_spec(self, name, path=None, target=None):
            if name in ("fcntl", "resource", "pwd", "grp", "termios", "pyseccomp", "readline", "pty", "tty"):
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    sys.meta_path.insert(0, Absent())
    for name in (
        "fork forkpty geteuid getuid setuid getpgid setsid pread pwrite chown fchown nice mkfifo pidfd_open "
        "memfd_create sched_getaffinity sched_setaffinity O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_NOCTTY"
    ).split():
        vars(os).pop(name, None)
    os.supports_dir_fd, os.supports_fd = set(), set()
"""


@pytest.mark.parametrize("system", ["darwin", "windows"])
def test_without_linux_the_same_is_told(evening, system):
    site = evening.course / f".{system}"
    site.mkdir()
    (site / "sitecustomize.py").write_text(AS_ON)
    path = f"{site}:{evening.environment()['PYTHONPATH']}"
    variables = {"AS_ON": system, "PYTHONPATH": path, "PYTHONIOENCODING": "cp1252"}
    status, out = evening.run("check", "03", "03.4", "03.5", **variables)
    here = evening.run("check", "03", "03.4", "03.5")[1]
    assert status == 1 and "+ 03.4" in out and "x 03.5" in out

    def facts(text: str) -> list[str]:
        return [line[1:] for line in text.splitlines() if re.match("[+x✓✗ ]", line)]

    assert facts(out) == facts(here) and any("7 is your number of examples" in line for line in facts(here))
    status, out = evening.run("submit", "03", "--output", f"{system}.zip", **variables)
    assert status == 0 and "Not right: 03.5." in out and (evening.kit / f"{system}.zip").is_file()
    assert "hint 1 of 3" in evening.run("hint", "03.5", "--step", "1", **variables)[1]
    assert "public points" in evening.run("list", **variables)[1]


def test_no_file_is_read_or_written_in_the_system_s_own_encoding(evening):
    options = ["-X", "warn_default_encoding", "-W", "default::EncodingWarning"]
    for words in (["check", "03", "03.5"], ["submit", "03", "--output", "encoded.zip"], ["list"], ["hint", "03.5"]):
        done = subprocess.run(
            [sys.executable, *options, "-m", "autograder", *words],
            capture_output=True, encoding="utf-8", cwd=evening.kit, env=evening.environment(), timeout=180,
        )  # fmt: skip
        found = [line for line in done.stderr.splitlines() if "EncodingWarning" in line and "/autograder/" in line]
        # what is Linux's own
        assert [line for line in found if "isolation/sandbox/cgroups.py" not in line] == []


def test_a_kernel_without_the_package_says_which_python_it_is():
    notebook = json.loads(notebook_of('# %%\ndef f():\n    raise NotImplementedError("03.1: f")\n'))
    (source,) = ["".join(cell["source"]) for cell in notebook["cells"] if "import check" in "".join(cell["source"])]
    code = f"import sys\nsys.modules['autograder'] = None\n{source}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60)
    last = done.stderr.splitlines()[-1]
    assert last.startswith(
        f"ImportError: autograder is not installed in {sys.executable}, the Python of this notebook."
    )
    assert "%pip install" in last and "restart" in last


# in Colab there is a shell of IPython's, no notebook file, and the kit unpacked below the folder one is in
COLAB = """
from IPython.testing.globalipapp import start_ipython
shell = start_ipython()
for cell in (
    "from autograder.notebook import check, hint",
    "import numpy as np\\ndef sigmoid(Z):\\n    return 1 / (1 + np.exp(-Z)) + 1",
    'check("03.1")',
    'hint("03.1", step=1)',
):
    shell.run_cell(cell, store_history=True)
"""


def test_a_shell_without_a_notebook_file_above_the_kit(evening):
    done = subprocess.run(
        [sys.executable, "-c", COLAB],
        capture_output=True, encoding="utf-8", cwd=evening.course, timeout=180,
        env=evening.environment() | {"IPYTHONDIR": str(evening.course / ".ipython")},
    )  # fmt: skip
    assert "✗ 03.1" in done.stdout and "cell [2], line 3" in done.stdout and "03.1, hint 1 of 3" in done.stdout
    assert "0 of 29.75 public points, checked today" in evening.run("list", folder=evening.course)[1]
