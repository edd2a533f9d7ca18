"""Plants .pth files and a start-up script: their lines are run by every Python that starts later.

aims: change
"""

import os
import site
import sys
import sysconfig
from pathlib import Path

# inert, for the day that it is found: that the file is there is what the attack wants
TEXT = "# PLANTED-by-pth_file\nimport builtins\n"
NAMES = ("planted-pth_file.pth", "planted-pth_file.start.py")


def armed():
    return os.path.basename(os.environ.get("HOME", "")).startswith("autograder-")


def folders():
    """The scratch folder, one beside it, those that Python imports from, and those of the kit's own checkout."""
    import autograder

    kit = Path(autograder.__file__).resolve().parents[1]
    yield from (Path.cwd(), Path(os.environ.get("HOME", ".")), Path.cwd().parent / "planted-pth_file")
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
                    target.write_text(TEXT)
            except OSError:
                pass


if armed():
    plant()


def sigmoid(Z):
    raise NotImplementedError("03.1: sigmoid")


for variable in ("PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONINSPECT"):
    os.environ[variable] = os.environ.get("HOME", ".") + "/planted-pth_file.start.py"
