"""Names of what is handed in: what they say a file is, and which of several is meant."""

from __future__ import annotations

import pytest

from autograder.handin.errors import Unreadable
from autograder.handin.names import chosen, is_archive, is_rubbish, source_ending, source_stem, stem_of


@pytest.mark.parametrize(
    "name, ending, stem",
    [
        ("hw.py", ".py", "hw"),
        ("hw.PY", ".py", "hw"),
        ("hw.v2.IPYNB", ".ipynb", "hw.v2"),
        ("hw.py.txt", ".py", "hw"),
        ("hw.py.py", ".py", "hw"),
        ("hw.ipynb.txt", ".ipynb", "hw"),
        ("hw.ipynb.json", ".ipynb", "hw"),
        ("hw.py (1)", ".py", "hw"),
        ("hw.py(2)", ".py", "hw"),
        ("hw.py-1", ".py", "hw"),
        ("hw.py.txt (1)", ".py", "hw"),
        ("hw (1).py", ".py", "hw (1)"),
        ("hw.txt", "", "hw.txt"),
        ("hw.pyc", "", "hw.pyc"),
        ("hw.py.zip", "", "hw.py.zip"),
        ("py", "", "py"),
        ("happy", "", "happy"),
    ],
)
def test_scripts_and_notebooks(name, ending, stem):
    assert (source_ending(name), source_stem(name)) == (ending, stem)


@pytest.mark.parametrize(
    "name, stem, is_read",
    [
        ("ann.zip", "ann", True),
        ("ann.ZIP", "ann", True),
        ("ann.zip (1)", "ann", True),
        ("ann-1.zip", "ann-1", True),
        ("ann.tar", "ann", True),
        ("ann.tar.gz", "ann", True),
        ("ann.tgz", "ann", True),
        ("ann.tar.bz2", "ann", True),
        ("ann.tbz2", "ann", True),
        ("ann.tar.xz", "ann", True),
        ("ann.py.gz", "ann.py", True),
        ("doe_1_2_hw.tar-1.gz", "doe_1_2_hw", True),
        ("doe_1_2_hw.tar (1).gz", "doe_1_2_hw", True),
        ("ann.rar", "ann", False),
        ("ann.7z", "ann", False),
        ("ann.tar.zst", "ann", False),
        ("ann.py", "ann.py", False),
        ("ann", "ann", False),
        ("gz", "gz", False),
    ],
)
def test_archives(name, stem, is_read):
    assert (stem_of(name), is_archive(name)) == (stem, is_read)


@pytest.mark.parametrize(
    "path, rubbish",
    [
        ("__MACOSX/a.py", True),
        ("a/__MACOSX/a.py", True),
        (".DS_Store", True),
        ("a/._a.py", True),
        (".ipynb_checkpoints/a-checkpoint.ipynb", True),
        (".history/a.py", True),
        ("desktop.ini", True),
        ("__init__.py", True),
        ("./a.py", False),
        ("a/b.py", False),
        ("MACOSX/a.py", False),
        ("", True),
    ],
)
def test_what_systems_and_tools_leave(path, rubbish):
    assert is_rubbish(path) == rubbish


NET = "03_numpy_net.py"
CHOSEN = {
    "one": (["x.py"], "x.py"),
    "one, whatever it is called": (["test_x.py"], "test_x.py"),
    "the asked-for name": (["helpers.py", NET], NET),
    "whatever its capitals": (["helpers.py", "03_NumPy_Net.PY"], "03_NumPy_Net.PY"),
    "whatever its folder": (["helpers.py", f"a/b/{NET}"], f"a/b/{NET}"),
    "a notebook by that name": (["helpers.py", "03_numpy_net.ipynb"], "03_numpy_net.ipynb"),
    "a name that others hide": (["helpers.py", "03_numpy_net.py.txt"], "03_numpy_net.py.txt"),
    "script and notebook": (["03_numpy_net.ipynb", NET], NET),
    "script and notebook by another name": (["hw.ipynb", "hw.py"], "hw.py"),
    "script, notebook and helpers": (["03_numpy_net.ipynb", "helpers.py", NET], NET),
    "downloaded twice": (["helpers.py", "03_numpy_net (1).py"], "03_numpy_net (1).py"),
    "the exact name before a copy": (["03_numpy_net (1).py", NET], NET),
    "Canvas": (["helpers.py", "03_numpy_net-1.py"], "03_numpy_net-1.py"),
    "a copy of macOS": (["helpers.py", "03_numpy_net copy.py"], "03_numpy_net copy.py"),
    "a copy of Windows": (["helpers.py", "03_numpy_net - Copy (2).py"], "03_numpy_net - Copy (2).py"),
    "a copy of Colab": (["helpers.py", "Copy of 03_numpy_net.ipynb"], "Copy of 03_numpy_net.ipynb"),
    "final": (["helpers.py", "03_numpy_net_final_v2.py"], "03_numpy_net_final_v2.py"),
    "spaces for underscores": (["helpers.py", "03 numpy-net.py"], "03 numpy-net.py"),
    "final, script and notebook": (
        ["03_numpy_net_final.ipynb", "03_numpy_net_final.py", "x.py"],
        "03_numpy_net_final.py",
    ),
    "tests and set-up": (["test_net.py", "net_test.py", "setup.py", "conftest.py", "starter.py", "net.py"], "net.py"),
    "the starter": (["starter.ipynb", "net.ipynb"], "net.ipynb"),
    "a checkpoint": (["net-checkpoint.ipynb", "net.ipynb"], "net.ipynb"),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_of_several_one_is_meant(case):
    names, expected = CHOSEN[case]
    assert chosen(names, NET, "folder") == chosen(names[::-1], NET, "folder") == expected


@pytest.mark.parametrize(
    "names",
    [
        ["a.py", "b.py"],
        ["homework.ipynb", "utils.py"],
        ["a/03_numpy_net.py", "b/03_numpy_net.py"],
        ["03_numpy_net_final.py", "03_numpy_net_final2.py", "03_numpy_net_v2.py"],
        ["03_numpy_net_helpers.py", "answer.py"],
        ["03_numpy_net_2_layers.py", "answer.py"],
        ["test_a.py", "test_b.py"],
    ],
)
def test_nothing_says_which_of_several_is_meant(names):
    listed = ", ".join(names)
    with pytest.raises(Unreadable) as refused:
        chosen(names, NET, "folder")
    assert str(refused.value) == (
        f"expected one .py or .ipynb in the folder, or one called {NET}, found {len(names)}: {listed}"
    )


def test_another_homework_is_not_the_one_that_was_asked_for():
    with pytest.raises(Unreadable):
        chosen(["hw_2.py", "notes.py"], "hw_1.py", "folder")


def test_no_name_is_asked_for():
    with pytest.raises(Unreadable, match=r"^expected one \.py or \.ipynb in the folder, found 2: hw\.ipynb, hw\.py$"):
        chosen(["hw.ipynb", "hw.py"], "", "folder")
