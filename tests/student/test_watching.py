"""`check --watch` as a student meets it: editors, half-written files, notebooks, and what is left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from autograder.authoring.starter import notebook_of
from tests.student.evening import WITHOUT_MEAN, Evening, processes_of

pytestmark = pytest.mark.turns(3)


@pytest.fixture
def evening(tmp_path):
    return Evening(tmp_path, variables={"TMPDIR": str(_new(tmp_path / ".tmp"))})


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_each_save_gives_a_verdict_and_says_what_is_new(evening):
    evening.file.write_text(evening.solved(WITHOUT_MEAN))
    watched = evening.watch("03", "03.4", "03.5", "03.6")
    first = watched.block()
    assert first.startswith("03_numpy_net.py, saved today")
    assert "✗ 03.5" in first and "7 is your number of examples" in first and "New since" not in first
    # in place
    evening.file.write_text(evening.solved())
    second = watched.block()
    assert "✓ 03.5" in second and ": 03.5 is right now." in second
    # into another file that takes its place, and wrong again
    beside = evening.kit / ".03_numpy_net.py.swp"
    beside.write_text(evening.solved(WITHOUT_MEAN))
    beside.replace(evening.file)
    third = watched.block()
    assert "✗ 03.5" in third and ": 03.5 is not right any more." in third
    # no Python: told once, with its line
    evening.file.write_text(evening.solved(("def backward(", "def backward((")))
    fourth = watched.block()
    assert fourth.count(" is not Python: ") == 1 and "So this is missing: backward." in fourth
    # gone, and back
    evening.file.unlink()
    assert watched.block().endswith("03_numpy_net.py is gone; it is checked when it is there again\n")
    evening.file.write_text(evening.solved())
    assert "✓ 03.5" in watched.block()
    evening.file.write_text("")
    assert "03_numpy_net.py is empty; save your work and try again" in watched.block()
    # a notebook that is saved beside it counts from then on
    notebook = evening.kit / "03_numpy_net.ipynb"
    notebook.write_text(notebook_of(evening.solved(WITHOUT_MEAN)))
    last = watched.block()
    assert "03_numpy_net.ipynb, saved today" in last and "✗ 03.5" in last
    assert watched.stop() == 130
    time.sleep(0.3)
    assert processes_of(evening.environment()) == []
    assert list((evening.course / ".tmp").iterdir()) == []
    assert {path.name for path in evening.kit.iterdir()} == {
        "03_numpy_net.py", "03_numpy_net.ipynb", "README.md", "assignments", "finished.png"
    }  # fmt: skip


def test_a_loop_without_end_is_stopped_by_ctrl_c_and_nothing_stays(evening):
    evening.file.write_text(evening.solved() + "\n\ndef sigmoid(Z):\n    while True:\n        pass\n")
    watched = evening.watch("03", "03.1")
    time.sleep(4)
    assert watched.stop() == 130
    time.sleep(0.3)
    assert processes_of(evening.environment()) == [] and list((evening.course / ".tmp").iterdir()) == []


def test_who_is_killed_leaves_no_process(evening):
    evening.file.write_text(evening.solved())
    watched = evening.watch("03", "03.4")
    watched.block()
    os.kill(watched.process.pid, signal.SIGKILL)
    watched.process.wait(10)
    deadline = time.monotonic() + 10
    while processes_of(evening.environment()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_of(evening.environment()) == []


def test_a_folder_that_goes_ends_it_with_one_line(evening):
    evening.file.write_text(evening.solved())
    watched = evening.watch("03", "03.4")
    watched.block()
    shutil.rmtree(evening.kit)
    assert watched.block().strip().endswith("03_numpy_net is gone, and there is nothing to watch any more")
    assert watched.process.wait(10) == 2


def test_a_kit_that_is_changed_meanwhile(evening):
    evening.file.write_text(evening.solved())
    watched = evening.watch("03", "03.4")
    watched.block()
    tests = evening.kit / "assignments" / "03_numpy_net" / "tests" / "test_public.py"
    before = tests.read_bytes()
    tests.write_bytes(before + b"\n# tried something\n")
    evening.file.write_text(evening.solved() + "\n")
    assert "test_public.py of this kit was changed" in watched.rest() and watched.process.returncode == 2


def test_json_is_a_line_for_each_save(evening):
    evening.file.write_text(evening.solved())
    watched = evening.watch("03", "03.4", "--json")
    assert json.loads(watched.block())["score"] == 1.25
    evening.file.write_text("def mse_loss(:\n")
    record = json.loads(watched.block())
    assert record["score"] == 0 and record["questions"][0]["id"] == "03.4"
    assert watched.stop() == 130


def test_on_a_terminal_a_verdict_takes_the_place_of_the_last(evening):
    pty = pytest.importorskip("pty")
    import subprocess
    import sys

    evening.file.write_text(evening.solved())
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder", "check", "03", "03.4", "--watch"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=evening.kit, env=evening.environment() | {"TERM": "xterm"},
        start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    os.close(theirs)

    def until(text: str) -> str:
        found = b""
        while text.encode() not in found:
            found += os.read(ours, 65536)
        return found.decode()

    assert "\x1b[2J\x1b[H" in until("Ctrl-C ends this.")
    evening.file.write_text(evening.solved() + "\n")
    again = until("Ctrl-C ends this.")
    assert again.count("\x1b[2J\x1b[H") == 1 and again.index("\x1b[2J") < again.index("03.4")
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 130
    os.close(ours)


def test_there_must_be_a_file(evening):
    evening.file.unlink()
    (evening.kit / "03_numpy_net.ipynb").unlink()

    def own_folders():
        return set(Path(tempfile.gettempdir()).glob(f"autograder-{os.getpid()}-*"))

    before = own_folders()
    told = evening.refused("check", "03", "--watch")
    assert told == "there is no file 03_numpy_net.py; name yours: autograder check 03 FILE"
    assert own_folders() == before
