"""What students get: it checks itself, and answers nothing. Copies of starters never cost anybody's work."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.authoring.kit import files_of_kit, packed
from autograder.errors import UsageError
from tests.course import ASSIGNMENTS

ROOT = Path(__file__).parents[2]
_ANSWER = re.compile(r"# BEGIN SOLUTION.*?\n(.*?)# END SOLUTION", re.DOTALL)


def test_a_kit_checks_itself_where_nothing_but_the_package_is(tmp_path, installed):
    status, out = installed(tmp_path, "list")
    assert status == 2 and "go to the folder of a kit" in out
    source = ROOT / "assignments" / "02_neuron"
    status, out = installed(tmp_path, "release", source, "--output", tmp_path / "week 2.zip")
    assert status == 0 and "no solution, no hidden test" in out
    with zipfile.ZipFile(tmp_path / "week 2.zip") as archive:
        archive.extractall(tmp_path)
    kit = tmp_path / "02_neuron"
    status, out = installed(kit, "list")
    assert status == 0 and "02_neuron.py, saved " in out and "1980" not in out
    # above the kit as well, where its folder or a file in it is named
    for folder, asked in ((kit, "02"), (tmp_path, "02_neuron"), (tmp_path, "02_neuron/02_neuron.ipynb")):
        status, out = installed(folder, "check", asked)
        assert status == 1 and "Not begun: 02.1 to 02.13." in out
    # and its number is enough, where it is one of those that lie there
    status, out = installed(tmp_path, "check", "02")
    assert status == 1 and "02_neuron" in out and "Not begun: 02.1 to 02.13." in out
    # what is there and untouched is the starter
    assert installed(kit, "start", "02")[0] == 0
    answer = re.search(r"^def sigmoid\(.*?(?=^# %%)", (source / "solution.py").read_text("utf-8"), re.DOTALL | re.M)
    wrong = answer[0].replace("np.exp(-np.abs(z))", "np.exp(np.abs(z))")
    assert wrong != answer[0]
    (kit / "02_neuron.py").write_text((kit / "02_neuron.py").read_text("utf-8") + "\n\n" + wrong, "utf-8")
    status, out = installed(kit, "check", "02.4")
    assert status == 1 and "bank" not in out and "why: " in out
    os.utime(kit / "02_neuron.ipynb")
    status, out = installed(kit, "check", "02", "-q", "2.1")
    assert "02_neuron.ipynb, saved " in out and "is there too: autograder check 02_neuron.py" in out
    (kit / "empty.py").touch()
    status, out = installed(kit, "check", "02", "empty.py")
    assert status == 2 and out == "autograder: empty.py is empty; save your work and try again\n"
    status, out = installed(kit, "check", "02.5", "--seed", "5")
    assert status == 2 and "a student's copy knows the values of --seed" in out
    status, out = installed(kit, "release", "02")
    assert status == 2 and "this is a student's copy" in out


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_kit_holds_no_answer(name):
    assignment = find_assignment(name)
    files = files_of_kit(assignment)
    assert files == files_of_kit(assignment) and packed(files) == packed(files)
    told = {f"{name}/{place}" for place in (f"{name}.py", f"{name}.ipynb", "README.md")}
    assert told <= files.keys()
    assert all(place.startswith((f"{name}/assignments/{name}/", f"{name}/assignments/common/")) or place in told
               or place.endswith(".png") for place in files)  # fmt: skip
    assert not [
        place for place in files if re.search("solution|hidden|whole|operators|mistakes|rewrite|checkpoint", place)
    ]
    text = "\n".join(" ".join(path.read_text("utf-8", "replace").split()) for path in files.values())
    answers = [" ".join(block.split()) for block in _ANSWER.findall(assignment.solution.read_text("utf-8"))]
    assert len(answers) >= len(assignment.questions)
    # a line such as `return Z` may be anywhere
    found = [answer for answer in answers if len(answer) > 60 and answer in text]
    assert not found
    assert len(packed(files)) < 5_000_000


def test_what_is_not_built_is_not_given_away(tmp_path):
    for name in ("common", "02_neuron"):
        shutil.copytree(ROOT / "assignments" / name, tmp_path / name)
    copy = tmp_path / "02_neuron"
    solution = copy / "solution.py"
    solution.write_text(solution.read_text("utf-8").replace("np.exp(-np.abs(z))", "np.exp(-abs(z))"), "utf-8")
    with pytest.raises(UsageError, match=r"is not built \(bank.bin, steps.bin\); run `autograder build 02_neuron`"):
        files_of_kit(find_assignment(str(copy)))
    (copy / "starter.ipynb").unlink()
    with pytest.raises(UsageError, match=r"is not built \(starter.ipynb, "):
        files_of_kit(find_assignment(str(copy)))


def test_release_wants_an_archive(tmp_path, installed):
    status, out = installed(tmp_path, "release", ROOT / "assignments" / "02_neuron", "--output", "kit.tar")
    assert status == 2 and "ends with .zip" in out and not [*tmp_path.glob("kit*")]


def test_a_starter_is_copied_once(tmp_path, installed):
    of = ROOT / "assignments" / "03_numpy_net"
    status, out = installed(tmp_path, "start", of)
    path = tmp_path / "03_numpy_net.py"
    assert status == 0 and path.read_bytes() == (of / "starter.py").read_bytes() and "autograder check" in out
    path.write_text("my work", "utf-8")
    status, out = installed(tmp_path, "start", of)
    assert status == 2 and "is there already" in out and path.read_text("utf-8") == "my work"
    assert installed(tmp_path, "start", of, "--notebook")[0] == 0
    assert (tmp_path / "03_numpy_net.ipynb").read_bytes() == (of / "starter.ipynb").read_bytes()
    status, out = installed(tmp_path, "start", of, "--output", "fresh.py")
    assert status == 0 and (tmp_path / "fresh.py").is_file() and out.endswith("fresh.py\n")
    status, out = installed(tmp_path, "start", of, "--output", "fresh.ipynb")
    assert status == 2 and "ends with .py" in out
    assert installed(tmp_path, "start", "99")[0] == 2


def test_a_kit_has_a_hand_out(tmp_path):
    for name in ("common", "02_neuron"):
        shutil.copytree(ROOT / "assignments" / name, tmp_path / name)
    (tmp_path / "02_neuron" / "README.md").unlink()
    with pytest.raises(UsageError, match=r"02_neuron has no README.md, the hand-out .*; write one"):
        files_of_kit(find_assignment(str(tmp_path / "02_neuron")))
