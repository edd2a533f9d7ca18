"""otter-grader: `otter generate` once, and `otter run` for each submission."""

from __future__ import annotations

import json
import shutil
import tempfile
from itertools import groupby
from pathlib import Path

from tests.benchmarks.peers.environment import run
from tests.benchmarks.peers.peer import CHECKS, Graded, Peer, points

_TESTS = """from otter.test_files import test_case

OK_FORMAT = False

name = "{question}"
points = None

from support import checks

"""
_TEST = """@test_case(points={points})
def {name}(env):
    checks.run("{name}", env)


"""


class Otter(Peer):
    """otter-grader."""

    name = "otter-grader, `otter run`"
    package = "otter-grader"
    packages = ("otter-grader[grading]",)
    lacks = (
        "`otter run` is its way without containers: the submission runs in a kernel that holds the tests as well, and "
        "can change both. `otter grade` starts a container for each submission, which takes longer and is left "
        "out. It names no cause beside the message of an assertion."
    )

    def prepare(self, folder: Path) -> None:
        """Writes one test file a question, and packs them by `otter generate`."""
        self._folder = folder
        (folder / "tests").mkdir()
        for question, group in groupby(points().items(), lambda one: one[1][0]):
            cases = [_TEST.format(name=name, points=worth) for name, (_, worth) in group]
            text = _TESTS.format(question=question) + "".join(cases)
            (folder / "tests" / f"q{question.replace('.', '_')}.py").write_text(text, "utf-8")
        # in a folder: beside a submission no other script may lie
        (folder / "support").mkdir()
        shutil.copyfile(CHECKS, folder / "support" / "checks.py")
        program = str(self.environment.program("otter"))
        run([program, "generate", "-t", "tests", "-o", "autograder.zip", "support"], folder, folder)

    def grade(self, submissions: list[Path]) -> Graded:
        """`otter run` for each."""
        graded = Graded()
        program = str(self.environment.program("otter"))
        for path in submissions:
            with tempfile.TemporaryDirectory() as output:
                command = [program, "run", "-a", "autograder.zip", "-o", output, "--no-logo", str(path)]
                ran = run(command, self._folder, self._folder)
                results = json.loads((Path(output) / "results.json").read_text("utf-8"))
            graded.add(path, ran, sum(float(one.get("score", 0)) for one in results["tests"]))
        return graded
