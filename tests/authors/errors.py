"""What authors get wrong: small edits to the assignment `20_line`, and what `autograder build` has to say to each.

The edits were written as a stranger would make them, from the documentation and the assignments alone. `at` is the
file with its line, or the file alone where no line is to blame; `says` are words that the message has to have: the
name that was written, what was expected, what there is.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

TOML, HINTS, SOLUTION = "assignment.toml", "hints.toml", "solution.py"
PROBLEMS, PUBLIC, HIDDEN = "tests/problems.py", "tests/test_public.py", "tests/test_hidden.py"
OPERATORS = "tests/operators.py"


@dataclasses.dataclass(frozen=True)
class Error:
    """An author's error.

    Attributes:
        name: What it is, as the test's id.
        file: The file that is edited.
        edit: The old text and the new one, the whole text of the file, or None where the file is deleted.
        at: Where the message has to point, such as "tests/test_public.py:9".
        says: Words that the message has to have.
        also: Another edit that belongs to it.
    """

    name: str
    file: str
    edit: tuple[str, str] | str | bytes | None
    at: str
    says: tuple[str, ...]
    also: Error | None = None

    def make(self, folder: Path) -> None:
        """Edit the copy of the assignment in `folder`."""
        if self.also is not None:
            self.also.make(folder)
        path = folder / self.file
        if self.edit is None:
            path.unlink()
        elif isinstance(self.edit, bytes):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(self.edit)
        elif isinstance(self.edit, str):
            path.parent.mkdir(exist_ok=True)
            path.write_text(self.edit, encoding="utf-8")
        else:
            old, new = self.edit
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times in {self.file}"
            path.write_text(text.replace(old, new), encoding="utf-8")


def settings(name: str, new: str, at: str, *says: str, old: str = "memory_mb = 1000") -> Error:
    return Error(name, TOML, (old, new), at, says)


ASSIGNMENT_TOML = [
    settings("toml-syntax", 'title = "A line', "assignment.toml:1", old='title = "A line through points"'),
    settings("toml-key-twice", "memory_mb = 1000\nmemory_mb = 2000", "assignment.toml:7", "memory_mb"),
    settings("key-misspelt", "memroy_mb = 1000", "assignment.toml:6", "memroy_mb", "memory_mb"),
    settings("key-of-nothing", 'colour = "red"', "assignment.toml:6", "colour", "seconds_per_question"),
    settings("table-misspelt", "[corse]", "assignment.toml:11", "corse", "course", old="[course]"),
    settings("title-missing", "", "assignment.toml", "title", old='title = "A line through points"\n'),
    settings("title-empty", 'title = ""', "assignment.toml:1", "title", old='title = "A line through points"'),
    settings("title-number", "title = 20", "assignment.toml:1", "title", "20", old='title = "A line through points"'),
    settings(
        "framework-unknown",
        'framework = "torch"',
        "assignment.toml:2",
        "torch",
        "numpy",
        "tensorflow",
        old='framework = "numpy"',
    ),
    settings(
        "framework-missing", "", "assignment.toml", "framework", "numpy", "tensorflow", old='framework = "numpy"\n'
    ),
    settings(
        "submission-no-python",
        'submission = "20_line"',
        "assignment.toml:3",
        "20_line",
        ".py",
        old='submission = "20_line.py"',
    ),
    settings(
        "submission-elsewhere",
        'submission = "../20_line.py"',
        "assignment.toml:3",
        "../20_line.py",
        old='submission = "20_line.py"',
    ),
    settings(
        "seconds-negative",
        "seconds_per_question = -5",
        "assignment.toml:4",
        "seconds_per_question",
        "-5",
        old="seconds_per_question = 2",
    ),
    settings(
        "seconds-zero",
        "seconds_per_question = 0",
        "assignment.toml:4",
        "seconds_per_question",
        "0",
        old="seconds_per_question = 2",
    ),
    settings(
        "seconds-infinite",
        "seconds_per_question = inf",
        "assignment.toml:4",
        "seconds_per_question",
        "inf",
        old="seconds_per_question = 2",
    ),
    settings(
        "seconds-text",
        'seconds_per_submission = "20"',
        "assignment.toml:5",
        "seconds_per_submission",
        "20",
        old="seconds_per_submission = 20",
    ),
    settings(
        "seconds-yes",
        "seconds_per_submission = true",
        "assignment.toml:5",
        "seconds_per_submission",
        "true",
        old="seconds_per_submission = 20",
    ),
    settings(
        "question-outlasts-all",
        "seconds_per_question = 50",
        "assignment.toml:4",
        "50",
        "20",
        old="seconds_per_question = 2",
    ),
    settings("memory-negative", "memory_mb = -1000", "assignment.toml:6", "memory_mb", "-1000"),
    settings("memory-tiny", "memory_mb = 1", "assignment.toml:6", "memory_mb", "1"),
    settings("scratch-negative", "memory_mb = 1000\nscratch_mb = -1", "assignment.toml:7", "scratch_mb", "-1"),
    settings("answer-negative", "memory_mb = 1000\nanswer_mb = -1", "assignment.toml:7", "answer_mb", "-1"),
    settings("due-no-date", 'due = "2026-13-45"', "assignment.toml:6", "due", "2026-13-45"),
    settings(
        "due-in-quotes",
        'due = "31.12.2026"',
        "assignment.toml:6",
        "31.12.2026",
        "2026-12-31T23:59:00",
        "without quotes",
    ),
    settings(
        "time-zone-beside-a-wrong-due",
        'due = "31.12.2026"\ntime_zone = "Berlin"',
        "assignment.toml:7",
        "time_zone",
        "Europe/Berlin",
        "'Berlin'",
    ),
    settings("time-zone-alone", 'time_zone = "Europe/Berlin"', "assignment.toml:6", "does nothing", "due"),
    settings("due-number", "due = 5", "assignment.toml:6", "due", "5"),
    settings("due-in-words", 'due = "next Friday"', "assignment.toml:6", "next Friday"),
    settings(
        "data-missing", 'data = ["irs.csv"]', "assignment.toml:8", "irs.csv", "iris.csv", old='data = ["iris.csv"]'
    ),
    settings(
        "data-no-list", 'data = "iris.csv"', "assignment.toml:8", "data", "iris.csv", "list", old='data = ["iris.csv"]'
    ),
    settings("data-elsewhere", 'data = ["/etc/passwd"]', "assignment.toml:8", "/etc/passwd", old='data = ["iris.csv"]'),
    settings("tfkit-unknown", 'tfkit = ["plot"]', "assignment.toml:9", "plot", "plots", old='tfkit = ["plots"]'),
    settings(
        "operators-missing",
        'operators = ["common/loss_mistaks.py"]',
        "assignment.toml:6",
        "common/loss_mistaks.py",
        "loss_mistakes.py",
    ),
    settings(
        "builds-on-none-that-is-here",
        'hours = "1"\nbuilds_on = ["99_x"]',
        "assignment.toml:13",
        "99_x",
        "02_neuron",
        old='hours = "1"',
    ),
    settings(
        "operators-elsewhere", 'operators = ["shared/x.py"]', "assignment.toml:6", "shared/x.py", "there are none"
    ),
    settings("operators-no-operators", 'operators = ["common/quiet.py"]', "../common/quiet.py:1", "OPERATORS"),
    settings("unrehearsed-unknown", 'unrehearsed = ["20.9"]', "assignment.toml:6", "20.9", "20.1", "20.2"),
    settings(
        "lecture-unknown",
        '"20.9" = "A lecture: lines"',
        "assignment.toml:16",
        "20.9",
        "20.1",
        old='"20.1" = "A lecture: lines"',
    ),
    settings("lecture-number", '"20.1" = 5', "assignment.toml:16", "20.1", "5", old='"20.1" = "A lecture: lines"'),
    settings(
        "accepted-function",
        '[accepted]\n"lin: sign" = "either will do"\n[lectures]',
        "assignment.toml:16",
        "lin",
        "line",
        old="[lectures]",
    ),
    settings(
        "accepted-operator",
        '[accepted]\n"line: sing" = "either will do"\n[lectures]',
        "assignment.toml:16",
        "sing",
        "sign",
        old="[lectures]",
    ),
    settings(
        "accepted-no-reason",
        '[accepted]\n"line: sign" = ""\n[lectures]',
        "assignment.toml:16",
        "reason",
        old="[lectures]",
    ),
    settings("carry-word", 'carry = "some"', "assignment.toml:6", "some", "none"),
    settings("carry-above-one", "carry = 1.5", "assignment.toml:6", "1.5"),
    settings("carry-unknown", 'carry = {"20.9" = 0.5}', "assignment.toml:6", "20.9", "20.1"),
    settings("help-misspelt", 'help = "knd"', "assignment.toml:6", "knd", "kind"),
    settings("help-above-limit", 'help = "value"\nhelp_limit = "kind"', "assignment.toml:6", "value", "kind"),
    settings(
        "builds-on-unknown",
        'hours = "1"\nbuilds_on = ["02_nueron"]',
        "assignment.toml:13",
        "02_nueron",
        "02_neuron",
        old='hours = "1"',
    ),
    settings(
        "builds-on-itself",
        'hours = "1"\nbuilds_on = ["20_line"]',
        "assignment.toml:13",
        "20_line",
        "itself",
        old='hours = "1"',
    ),
    settings("hours-number", "hours = 1", "assignment.toml:12", "hours", "1", old='hours = "1"'),
    settings("topics-no-list", 'topics = "a line"', "assignment.toml:13", "topics", "list", old='topics = ["a line"]'),
    settings("course-key", 'hours = "1"\nlevel = "easy"', "assignment.toml:13", "level", "hours", old='hours = "1"'),
    settings("without-unknown", 'without = ["tensorfow"]', "assignment.toml:6", "tensorfow"),
    settings("late-unknown", 'late = "half"', "assignment.toml:6", "late"),
    Error("toml-missing", TOML, None, "", ("20_line has no assignment.toml",)),
    Error("toml-latin-1", TOML, 'title = "Übung"\n'.encode("latin-1"), "assignment.toml", ("UTF-8",)),
]


def public(name: str, old: str, new: str, line: int, *says: str) -> Error:
    return Error(name, PUBLIC, (old, new), f"{PUBLIC}:{line}", says)


LINE_TEST = "    assert_array(student.line, reference.line, problem)\n"
HEAD = "from autograder.testing import assert_array, assert_loss, question\n"

TESTS = [
    public(
        "fixture-unknown",
        "def test_line(student, reference, problem)",
        "def test_line(student, reference, problme)",
        7,
        "problme",
        "problem",
        "student",
    ),
    public(
        "fixture-invented",
        "def test_line(student, reference, problem)",
        "def test_line(student, reference, problem, weights)",
        7,
        "weights",
        "problem",
    ),
    public(
        "field-unknown",
        "reference.line(one.X, one.w, one.b)",
        "reference.line(one.X, one.W, one.b)",
        15,
        "W",
        "w",
        "X",
        "y",
    ),
    public(
        "field-unknown-plural",
        "reference.line(one.X, one.w, one.b)",
        "reference.line(one.Xs, one.w, one.b)",
        15,
        "Xs",
        "X",
    ),
    public("assertion-misspelt", "import assert_array,", "import assert_arrays,", 3, "assert_arrays", "assert_array"),
    public("argument-misspelt", LINE_TEST, LINE_TEST.replace("problem)", 'problem, name=("",))'), 9, "name", "names"),
    public("argument-type", LINE_TEST, LINE_TEST.replace("problem)", "problem, names=5)"), 9, "names", "5"),
    public("tolerance-text", LINE_TEST, LINE_TEST.replace("problem)", 'problem, tolerance="small")'), 9, "tolerance"),
    public("no-docstring", '    """The line: a value for each example."""\n', "", 7, "test_line", "docstring"),
    public(
        "empty-docstring",
        '    """The line: a value for each example."""\n',
        '    """"""\n',
        7,
        "test_line",
        "docstring",
    ),
    public("id-unknown", 'question("20.1"', 'question("20.9"', 6, "20.9", "20.1", "20.2"),
    public("id-of-another", 'question("20.1"', 'question("21.1"', 6, "21.1", "20.1"),
    public("id-malformed", 'question("20.1"', 'question("line"', 6, "line"),
    public("id-number", 'question("20.1"', "question(20.1", 6, "20.1"),
    public("no-points", '@question("20.1", points=1.5)', '@question("20.1")', 6, "points"),
    public("points-negative", "points=1.5", "points=-1.5", 6, "points", "-1.5"),
    public("points-zero", "points=1.5", "points=0", 6, "points", "0"),
    public("points-text", "points=1.5", 'points="1.5"', 6, "points", "1.5"),
    Error("points-not-those-of-the-heading", PUBLIC, ("points=1.5", "points=2.5"), f"{SOLUTION}:8", ("20.1", "2", "3")),
    public("after-unknown", 'after="20.1"', 'after="20.7"', 12, "20.7", "20.1"),
    public("after-circular", "points=1.5)", 'points=1.5, after="20.2")', 6, "20.1", "20.2"),
    public("question-argument", "points=1.5)", "points=1.5, afetr=())", 6, "afetr", "after"),
    public("forbids-no-call", "points=1.5)", 'points=1.5, forbids="numpy.linalg.invert")', 6, "numpy.linalg.invert"),
    public("forbids-no-module", "points=1.5)", 'points=1.5, forbids="nmupy.dot")', 6, "nmupy", "numpy"),
    public("forbids-number", "points=1.5)", "points=1.5, forbids=3)", 6, "forbids", "3"),
    public(
        "one-id-other-functions",
        "student.line, reference.line, problem",
        "student.loss, reference.loss, problem.y, problem.y",
        7,
        "20.1",
        "line",
        "loss",
    ),
    public("name-twice", "def test_loss(", "def test_line(", 13, "test_line", "7"),
    public("exception-index", LINE_TEST, "    first = problem.sizes[7]\n" + LINE_TEST, 9),
    public("exception-zero", LINE_TEST, "    scale = 1 / 0\n" + LINE_TEST, 9, "ZeroDivisionError"),
    public("exception-name", LINE_TEST, "    X = np.ones(3)\n" + LINE_TEST, 9, "np"),
    public("exception-of-shapes", "reference.line(one.X, one.w, one.b)", "one.X @ one.y", 15, "7", "3"),
    public(
        "exception-in-numpy",
        LINE_TEST,
        "    import numpy\n    numpy.linalg.inv(numpy.zeros((2, 2)))\n" + LINE_TEST,
        10,
        "Singular",
    ),
    public(
        "ends-the-program", LINE_TEST, "    import sys\n\n    sys.exit(1)\n", 11, "test_line", "ends the whole program"
    ),
    public("ends-the-program-well", LINE_TEST, "    exit(0)\n", 9, "test_line", "ends the whole program"),
    public("file-ends-the-program", HEAD, f"{HEAD}\nquit()\n", 5, "ends the whole program", "quit()"),
    public("syntax", LINE_TEST, LINE_TEST.replace(")", ""), 9),
    public("indentation", LINE_TEST, LINE_TEST[2:], 9),
    public("import-of-nothing", HEAD, "import numpyy\n" + HEAD, 3, "numpyy"),
    public("import-of-no-fixture", HEAD, "from problems import Pionts\n" + HEAD, 3, "problems", "`problem`"),
    public(
        "random",
        LINE_TEST,
        "    import numpy\n    X = numpy.random.normal(size=(5, 2))\n" + LINE_TEST.replace("problem", "X, X[0], 1.0"),
        7,
        "random",
    ),
    public("forever", LINE_TEST, "    while True:\n        pass\n", 9, "test_line", "3 s"),
    public("asserts-nothing", LINE_TEST, "    student.line\n", 7, "test_line"),
    public(
        "asserts-of-reference-alone",
        LINE_TEST,
        "    assert reference.line(problem.X, problem.w, problem.b) is not None\n",
        7,
        "test_line",
    ),
    Error(
        "waits-and-asserts-nothing",
        PUBLIC,
        ("    assert_loss(student.loss, reference.loss, problem)\n", "    assert_loss\n"),
        f"{PUBLIC}:13",
        ("test_loss", "do nothing", "assert"),
    ),
    Error(
        "waits-and-compares-without-assert",
        PUBLIC,
        (
            "    assert_loss(student.loss, reference.loss, problem)\n",
            "    student.loss(problem.y, problem.y) == reference.loss(problem.y, problem.y)\n",
        ),
        f"{PUBLIC}:13",
        ("test_loss", "do nothing", "assert"),
    ),
    Error(
        "waits-for-its-own-question-and-asserts-nothing",
        HIDDEN,
        (
            '@question("20.1", points=0.5)',
            '@question("20.1", points=0.25, after="20.1")\ndef test_line_small(student, reference):\n'
            '    """The line: small values."""\n    assert_array\n\n\n@question("20.1", points=0.25)',
        ),
        f"{HIDDEN}:9",
        ("test_line_small", "asks nothing"),
    ),
    public("student-function-misspelt", "student.line,", "student.lines,", 9, "no lines", "did you mean line"),
    public(
        "reference-function-misspelt",
        "(student.line, reference.line, problem)",
        "(student.line, reference.lnie, problem)",
        9,
        "lnie",
        "line",
    ),
    public("no-question", '@question("20.1", points=1.5)\n', "", 6, "test_line", "question"),
    public("question-not-called", '@question("20.1", points=1.5)\n', "@question\n", 6, "question", "points"),
    public("name-without-test", "def test_line(", "def line_test(", 7, "line_test", "test_"),
    public("wrong-fact", LINE_TEST, "    assert student.line(*(1 * [[1.0]]), [1.0], 1.0) == 3\n", 9, "test_line"),
    public("argument-missing", LINE_TEST, LINE_TEST.replace("problem)", "problem.X, problem.w)"), 9, "b", "X"),
    public(
        "skipped",
        '@question("20.1", points=1.5)\n',
        'import pytest\n@pytest.mark.skip\n@question("20.1", points=1.5)\n',
        9,
        "skip",
    ),
    public(
        "skips-itself",
        LINE_TEST,
        '    import pytest\n\n    pytest.skip("later")\n' + LINE_TEST,
        11,
        "test_line",
        "skips itself",
    ),
    public(
        "parametrize-unknown",
        '@question("20.1", points=1.5)\n',
        'import pytest\n@pytest.mark.parametrize("seed", [1])\n@question("20.1", points=1.5)\n',
        9,
        "seed",
    ),
    public(
        "unsendable",
        LINE_TEST,
        "    assert_array(student.line, reference.line, lambda: 1, problem.w, 1.0)\n",
        9,
        "function",
    ),
    public("solution-imported", HEAD, "from solution import line\n" + HEAD, 3, "solution", "reference"),
    public(
        "student-in-reference", LINE_TEST, "    assert_array(student.line, student.line, problem)\n", 9, "reference"
    ),
    Error("no-hidden-tests", HIDDEN, None, "tests", ("hidden",)),
    Error("hidden-empty", HIDDEN, '"""The hidden tests of 20."""\n', HIDDEN, ("hidden",)),
    Error("no-public-tests", PUBLIC, None, "tests", ("public",)),
    Error("file-not-read", "tests/hidden_more.py", "def test_more():\n    pass\n", "tests/hidden_more.py", ("test_",)),
    Error("hidden-worth-more", HIDDEN, ("points=0.5", "points=5"), f"{HIDDEN}:8", ("20.1", "5")),
    Error(
        "hidden-worth-more-by-one-point",
        HIDDEN,
        ("points=0.5", "points=1"),
        f"{HIDDEN}:8",
        ("20.1", "1 point, and its public ones 0.5"),
        also=Error("", PUBLIC, ("points=1.5", "points=0.5"), "", ()),
    ),
    Error("hidden-no-docstring", HIDDEN, ('    """The line: one example."""\n', ""), f"{HIDDEN}:9", ("docstring",)),
    Error(
        "hidden-unknown-fixture",
        HIDDEN,
        ("def test_line_again(student, reference)", "def test_line_again(studnet, reference)"),
        f"{HIDDEN}:9",
        ("studnet", "student"),
    ),
    Error(
        "hidden-other-function",
        HIDDEN,
        (
            "(student.line, reference.line, np.array([[1.0, 2.0]]), np.array([3.0, 4.0]), 0.5)",
            "(student.loss, reference.loss, np.ones(3), np.zeros(3))",
        ),
        f"{HIDDEN}:9",
        ("20.1", "line", "loss"),
    ),
    Error("tests-latin-1", PUBLIC, '"""Tests of Müller."""\n'.encode("latin-1"), PUBLIC, ("UTF-8",)),
]


def problems(name: str, old: str, new: str, line: int | None, *says: str) -> Error:
    return Error(name, PROBLEMS, (old, new), f"{PROBLEMS}:{line}" if line else PROBLEMS, says)


FIXTURES = [
    Error("problems-missing", PROBLEMS, None, PROBLEMS, ("a test asks for `problem`", "no such file")),
    Error("problems-empty", PROBLEMS, '"""None yet."""\n', PROBLEMS, ("Fixture",)),
    problems("size-unknown", "size=self.n)", "size=self.N)", 16, "N", "n", "M"),
    problems("size-misspelt", "Sizes(M=11, n=5)", "Sizes(M=11, N=5)", 7, "N", "n"),
    problems("sizes-missing", "    sizes = [Sizes(M=7, n=3), Sizes(M=11, n=5)]\n", "", 6, "sizes"),
    problems("sizes-empty", "[Sizes(M=7, n=3), Sizes(M=11, n=5)]", "[]", 6, "sizes"),
    problems("sizes-numbers", "[Sizes(M=7, n=3), Sizes(M=11, n=5)]", "[7, 11]", 7, "Sizes", "7"),
    problems("sizes-one", "[Sizes(M=7, n=3), Sizes(M=11, n=5)]", "[Sizes(M=7, n=3)]", 7, "two"),
    problems("sizes-equal", "Sizes(M=7, n=3)", "Sizes(M=3, n=3)", 7, "M", "n", "3"),
    problems("sizes-negative", "Sizes(M=7, n=3)", "Sizes(M=-7, n=3)", 7, "M", "-7"),
    problems("words-of-no-size", '"n": "features"', '"N": "features"', 8, "N", "n"),
    problems("field-raises", "self.own(3, 5) / 4", "self.own(3, 5) / 0", 20, "ZeroDivisionError"),
    Error("field-of-other-name", PROBLEMS, ("def w(self)", "def weights(self)"), f"{PUBLIC}:9", ("no w,", "weights")),
    problems("field-ends-the-program", "self.own(3, 5) / 4", "quit()", 20, "ends the whole program", "quit()"),
    problems("problems-end-the-program", "class Points(", "exit(0)\n\n\nclass Points(", 6, "ends the whole program"),
    problems("own-of-one", "self.own(3, 5)", "self.own(3)", 20, "own"),
    problems(
        "field-random", 'self.rng("y").normal(size=self.M)', "__import__('numpy').random.normal(size=self.M)", 24, "y"
    ),
    problems(
        "two-fixtures",
        "class Points(Fixture):",
        "class Other(Fixture):\n    sizes = [Sizes(M=2), Sizes(M=3)]\n\n\nclass Points(Fixture):",
        6,
        "Other",
        "Points",
    ),
    problems("no-fixture", "class Points(Fixture):", "class Points:", 6, "Fixture"),
    Error(
        "field-unsendable",
        PROBLEMS,
        ("self.own(3, 5) / 4", "lambda: 1"),
        f"{PUBLIC}:9",
        ("function", "b, tests/problems.py:20"),
    ),
    problems("problems-syntax", "class Points(Fixture):", "class Points(Fixture)", 6),
    problems("problems-import", "import Fixture,", "import Fixtures,", 3, "Fixtures", "Fixture"),
]


def solution(name: str, old: str, new: str, line: int | None, *says: str) -> Error:
    return Error(name, SOLUTION, (old, new), f"{SOLUTION}:{line}" if line else SOLUTION, says)


THE_SOLUTION = [
    Error("solution-missing", SOLUTION, None, SOLUTION, ()),
    solution("solution-syntax", "return X @ w + b", "return X @ w + + * b", 26),
    solution("solution-raises", "return X @ w + b", "return X @ w + b / 0", 26, "20.1", "ZeroDivisionError"),
    solution("solution-raises-at-import", "import numpy as np", "import numpy as np\n\ntable = {}['x']", 7, "KeyError"),
    solution("solution-ends-the-program", "return X @ w + b", "exit(0)", 26, "20.1"),
    solution("solution-imports-nothing", "import numpy as np", "import numpy as np\nimport numpyy", 6, "numpyy"),
    solution(
        "solution-imports-tensorflow",
        "import numpy as np",
        "import numpy as np\nimport tensorflow as tf",
        6,
        "tensorflow",
        "numpy",
    ),
    solution(
        "begin-without-end",
        "    return float(np.mean(error**2))\n    # END SOLUTION\n",
        "    return float(np.mean(error**2))\n",
        45,
        "END SOLUTION",
    ),
    solution("end-without-begin", "    # BEGIN SOLUTION 20.1\n", "", 26, "END SOLUTION", "BEGIN"),
    solution("begin-without-id", "# BEGIN SOLUTION 20.1", "# BEGIN SOLUTION", 25, "20.1"),
    solution("begin-unknown-id", "# BEGIN SOLUTION 20.1", "# BEGIN SOLUTION 20.7", 25, "20.7", "20.1"),
    Error(
        "begin-id-twice", SOLUTION, ("# BEGIN SOLUTION 20.2", "# BEGIN SOLUTION 20.1"), f"{PUBLIC}:12", ("20.2", "20.1")
    ),
    solution("begin-misspelt", "# BEGIN SOLUTION 20.1", "# BEGIN SOLUTON 20.1", 25, "BEGIN SOLUTION"),
    solution(
        "begin-nested", "    error = y_hat - y\n", "    # BEGIN SOLUTION 20.1\n    error = y_hat - y\n", 46, "20.1"
    ),
    solution(
        "answer-outside",
        "    # BEGIN SOLUTION 20.1\n    return X @ w + b\n",
        "    return X @ w + b\n    # BEGIN SOLUTION 20.1\n    pass\n",
        25,
        "20.1",
        "starter",
        "line",
    ),
    solution("region-empty", "    return X @ w + b\n    # END", "    # END", 25, "20.1"),
    Error("function-missing", SOLUTION, ("def line(", "def lien("), f"{PUBLIC}:9", ("no line", "lien")),
    solution("heading-points", "20.1 · The line (2 points)", "20.1 · The line (3 points)", 8, "20.1", "3", "2"),
    solution("heading-missing", "# ## 20.1 · The line (2 points)\n#\n", "", None, "20.1"),
    solution("heading-of-no-question", "# ## 20.1 · The line", "# ## 20.3 · The line", 8, "20.3"),
    solution(
        "solution-random", "return X @ w + b", "return X @ w + b + np.random.default_rng().normal()", 14, "20.1", "line"
    ),
    solution("solution-gives-nan", "return X @ w + b", "return X @ w + b + np.nan", 14, "20.1", "line returns NaN"),
    solution("solution-gives-infinity", "return X @ w + b", "return (X @ w + b) * np.inf", 14, "20.1", "line returns"),
    solution(
        "solution-gives-a-nan", "return float(np.mean(error**2))", 'return float("nan")', 35, "20.2", "loss returns"
    ),
    solution(
        "solution-returns-nothing",
        "return float(np.mean(error**2))",
        "float(np.mean(error**2))",
        35,
        "20.2",
        "loss returns None",
    ),
    solution("solution-forever", "    error = y_hat - y\n", "    while True:\n        pass\n", 35, "20.2", "2 s"),
    Error(
        "solution-gives-nothing",
        SOLUTION,
        ("return float(np.mean(error**2))", "return None"),
        f"{SOLUTION}:35",
        ("20.2", "loss returns None"),
    ),
    solution(
        "solution-changes-inputs", "    error = y_hat - y\n", "    y_hat -= y\n    error = y_hat\n", 35, "20.2", "y_hat"
    ),
    Error(
        "signature-other",
        SOLUTION,
        ("line(X: np.ndarray, w: np", "line(X: np.ndarray, weights: np"),
        f"{PUBLIC}:9",
        ("no weights", "X, w, b"),
    ),
    solution("helper-outside", "    error = y_hat - y\n", "    error = difference(y_hat, y)\n", 46, "difference"),
    Error("solution-latin-1", SOLUTION, "# %%\n# Übung\n".encode("latin-1"), SOLUTION, ("UTF-8",)),
    Error(
        "solution-calls-what-is-forbidden",
        PUBLIC,
        ("points=1.5)", 'points=1.5, forbids="numpy.dot")'),
        f"{SOLUTION}:26",
        ("20.1", "numpy.dot", "not allowed"),
        also=Error("", SOLUTION, ("X @ w + b", "np.dot(X, w) + b"), "", ()),
    ),
    Error("test-of-one-name-in-both-files", HIDDEN, ("test_line_again", "test_line"), f"{HIDDEN}:9", ("name", PUBLIC)),
]

THE_HINTS = [
    Error("hints-missing", HINTS, None, HINTS, ("no such file", "hint")),
    Error("hint-unknown", HINTS, ('"20.2" = [', '"20.9" = ['), f"{HINTS}:6", ("20.9", "20.2")),
    Error(
        "hints-two",
        HINTS,
        ('    "The weights are the second factor.",\n', ""),
        f"{HINTS}:1",
        ("20.1", "expected 3", "received 2"),
    ),
    Error("hint-number", HINTS, ('    "The weights are the second factor.",\n', "    3,\n"), HINTS, ("20.1", "3")),
    Error("hint-empty", HINTS, ('"The weights are the second factor."', '""'), HINTS, ("20.1",)),
    Error(
        "hints-syntax",
        HINTS,
        ('    "A matrix product, and one number added to each row.",\n', '    "A matrix\n'),
        f"{HINTS}:3",
        (),
    ),
    Error("hints-of-a-question-missing", HINTS, '"20.1" = ["a", "b", "c"]\n', HINTS, ("20.2",)),
    Error(
        "hints-text",
        HINTS,
        '"20.1" = "look again"\n"20.2" = ["a", "b", "c"]\n',
        f"{HINTS}:1",
        ("20.1", "expected 3", "look again"),
    ),
]

THE_OPERATORS = [
    Error("operators-syntax", OPERATORS, "def operator(:\n", f"{OPERATORS}:1", ()),
    Error(
        "operators-import",
        OPERATORS,
        "from autograder.explain import nothing_at_all\n",
        f"{OPERATORS}:1",
        ("nothing_at_all",),
    ),
    Error(
        "operator-of-nothing",
        OPERATORS,
        "from autograder.explain.mutation.operators import rules\n\n"
        'OPERATORS = rules("Doubled.", ("factor-two", "a @ b + c", "2 * (a @ b) + c"), '
        '("factor-two", "np.median(a)", "2 * a"))\n',
        f"{OPERATORS}:3",
        ("np.median(a)", "nowhere"),
    ),
    Error("operators-end-the-program", OPERATORS, "import sys\n\nsys.exit(0)\n", f"{OPERATORS}:3", ("ends the whole",)),
    Error("operators-empty", OPERATORS, '"""None yet."""\n', OPERATORS, ()),
]

README = "README.md"
THE_HANDOUT = [
    Error("handout-missing", README, None, README, ("no hand-out",)),
    Error(
        "handout-of-the-template",
        README,
        "# 20 · A line\n\nOne sentence: what you build here, and of what.\n\n1. One thing, without its fix.\n",
        f"{README}:3",
        ("template", "One sentence", "line 5"),
    ),
]

ERRORS = [*ASSIGNMENT_TOML, *TESTS, *FIXTURES, *THE_SOLUTION, *THE_HINTS, *THE_OPERATORS, *THE_HANDOUT]
