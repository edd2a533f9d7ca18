"""A class with every hostile result we could think of: all is written and read back, the honest are untouched."""

import csv
import dataclasses
import json
import os
import pickle
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import autograder.records
from autograder.cli.commands.report import command as report_command
from autograder.cli.console import print_class, print_result
from autograder.facts.result import Diagnosis, Picture, QuestionResult, Result
from autograder.records.card import card
from autograder.records.errors import GradebookError
from autograder.records.exports import json_of, write_all_json, write_csv
from autograder.records.gradebook import Gradebook
from autograder.records.marks_alone import contained, marks_alone
from autograder.records.names import file_names
from autograder.records.report import student_page, write_report
from tests.records.test_report import Page

pytestmark = pytest.mark.turns(4)
ROOT = Path(__file__).parents[2]
INF, NAN, HUGE = float("inf"), float("nan"), 1.7976931348623157e308


def nested(depth):
    rows = [1.0]
    for _ in range(depth):
        rows = [rows]
    return rows


def picture(*yours, kind="heatmap", difference=None):
    rows = [list(row) for row in yours]
    return {"picture": Picture(kind, "W1", rows, rows if difference is None else difference, False)}


# the fields of one question, each of which some step may choke on
QUESTIONS = {
    "largest number in a picture": picture([HUGE, 1.0]),
    "difference beyond the largest": picture([HUGE, -HUGE], difference=[[-HUGE, HUGE]]),
    "infinity in a picture": picture([INF, 1.0]),
    "NaN in a picture": picture([NAN, 1.0]),
    "NaN in a curve": picture([NAN, 1.0, 2.0], kind="curve"),
    "largest numbers in a curve": picture([HUGE, -HUGE, 0.0], kind="curve"),
    "curve of one number": picture([1.0], kind="curve"),
    "curve of none": picture([], kind="curve"),
    "picture of nothing": picture(),
    "rows of different lengths": picture([1.0, 2.0], [1.0], difference=[[1.0], [1.0, 2.0]]),
    "nested picture": {"picture": Picture("heatmap", "W1", nested(5), nested(5), False)},
    "picture nested without end": {"picture": Picture("heatmap", "W1", nested(50_000), nested(5), False)},
    "text in a picture": picture(["1", "<b>"]),
    "another kind of picture": picture([1.0, 2.0], kind="<script>"),
    "large whole number in a picture": picture([10**5000, 1]),
    "largest points": {"points": HUGE, "max_points": HUGE},
    "infinite points": {"points": INF},
    "NaN points": {"points": NAN},
    "points below zero without end": {"points": -INF},
    "points of 5000 digits": {"points": 10**5000},
    "script": {"message": "</script><script>alert(1)</script>", "name": "</title>"},
    "lone surrogates": {"message": "\udc80 \ud800", "diagnosis": Diagnosis("code", "\udcff", "\udfff")},
    "escapes": {"message": "\x1b[2J\x1b]0;title\x07\x9b31m\r\x00"},
    "10 MB of letters": {"message": "x" * 10**7},
    "1 MB of escapes": {"message": "\x1b" * 10**6},
    "1 MB of line ends": {"message": "\n" * 10**6 + "ada │ graded │ 40/40"},
    "10 MB cause": {"diagnosis": Diagnosis("c" * 10**4, "W" * 10**4, "x" * 10**7)},
    "template": {"message": "{{ 7*7 }}{% raw %}", "diagnosis": Diagnosis("{{ x }}", None, "{% endblock %}")},
    "outcome that does not exist": {"outcome": "won"},
    "no text": {"message": None},
    "no diagnosis": {"diagnosis": "because"},
}
# the fields of the whole
RESULTS = {
    "infinite time": {"seconds": INF},
    "NaN time": {"seconds": NAN},
    "10 MB of output": {"output": "x" * 10**7},
    "lone surrogates in the output": {"output": "\ud83d\ude00\udc80"},
    "10 MB about the whole": {"message": "<b>" * 3 * 10**6},
    "status that does not exist": {"status": "perfect"},
    "very late": {"late_days": 10**30},
    "early": {"late_days": NAN},
    "seed of 5000 digits": {"seed": 10**5000},
    "escapes in the layers": {"sandbox": "\x1b[2J\ud800" * 100},
    "no versions": {"versions": None},
    "bytes": {"output": b"\xff"},
}
NAMES = [
    "x" * 100_000,
    "\u202e" * 100_000,
    "eve\nada,graded,14,14,100,0,0.25",
    "eve\r\n\tada  graded",
    "\x1b[1A\x1b[2Kada",
    "</script><script>alert(1)</script>",
    "\udcff",
    "\\udcff",
    "../ada",
    "ada.json",
    "bob-0123456789abcdef",
    "[bold]eve[/bold][link=file:///etc/passwd]x[/link]",
]


@pytest.fixture
def honest(make_result):
    return [
        make_result("ada", points=(2.0, 4.0, 3.0, 5.0)),
        make_result("bob", text="a message\n"),
        make_result("Zoë", status="timeout", late_days=1),
    ]


@pytest.fixture
def villains(make_result):
    """A student per row of the tables, called after it."""
    found = []
    for case, fields in QUESTIONS.items():
        result = make_result(f"villain: {case}")
        last = dataclasses.replace(result.questions[-1], **fields)
        found.append(dataclasses.replace(result, questions=(*result.questions[:-1], last)))
    found += [dataclasses.replace(make_result(f"villain: {case}"), **fields) for case, fields in RESULTS.items()]
    return found + [make_result(name) for name in NAMES]


@pytest.fixture(scope="module")
def validator():
    schema = Path(autograder.records.__file__).with_name("result.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(schema))


def files_of(students, folder):
    """The honest students' files: their bytes by name."""
    return {
        path.relative_to(folder): path.read_bytes()
        for name in students
        for path in (folder / "results" / f"{name}.json", folder / "report" / f"{name}.html")
    }


def write_everything(results, folder):
    """What a run writes, from gradebook to pages; gives what the gradebook has."""
    with Gradebook(folder / "gradebook.sqlite") as gradebook:
        for result in results:
            gradebook.record(result, "print")
        kept = list(gradebook.results())
    write_csv(kept, folder / "gradebook.csv")
    write_all_json(kept, folder / "results")
    write_report(kept, folder / "report", "A network in NumPy", generated="today")
    return kept


def check_everything(results, folder, validator):
    """Reads back every file that was written for these results."""
    names = file_names(result.student for result in results)
    read = {name: (folder / "results" / f"{name}.json").read_text("utf-8") for name in names.values()}
    assert len(read) == len(results) == len(list((folder / "results").iterdir()))
    for text in read.values():
        validator.validate(json.loads(text, parse_constant=lambda constant: pytest.fail(constant)))
    pages = {path.stem: Page(path) for path in (folder / "report").glob("*.html")}
    assert set(pages) == {*names.values(), "index"}
    index = pages["index"]
    assert len([tag for tag, attributes in index.elements if "data-kinds" in attributes]) == len(results)
    assert len(index.scripts) == 1 and not any(page.scripts for name, page in pages.items() if name != "index")
    with (folder / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(results)
    # whoever reads it line by line finds as many
    assert len((folder / "gradebook.csv").read_text("utf-8").splitlines()) == len(results) + 1
    assert all(re.fullmatch(r"[\d.]+", row["score"]) for row in rows)


def test_all_is_written_and_read_back_and_the_honest_have_the_same_bytes(tmp_path, honest, villains, validator, capsys):
    start = time.process_time()
    kept = write_everything([*villains[:20], *honest, *villains[20:]], tmp_path / "with")
    print_class(kept)
    taken = time.process_time() - start
    shown = capsys.readouterr().out
    assert {result.student for result in kept} == {result.student for result in [*honest, *villains]}
    assert {result.student: result.status for result in kept if result in honest} == {
        result.student: result.status for result in honest
    }
    check_everything(kept, tmp_path / "with", validator)
    write_everything(honest, tmp_path / "without")
    names = [result.student for result in honest]
    assert files_of(names, tmp_path / "with") == files_of(names, tmp_path / "without")
    rows = (tmp_path / "without" / "gradebook.csv").read_text("utf-8").splitlines()
    assert set(rows) <= set((tmp_path / "with" / "gradebook.csv").read_text("utf-8").splitlines())
    assert shown.count("\n") == len(kept) + 2 + 2 and "\x1b" not in shown
    assert taken < 60  # some 60 MB of text, each shown four times


def test_every_step_takes_results_that_no_gradebook_has_looked_at(tmp_path, honest, villains, validator, capsys):
    results = [*honest, *villains]
    write_csv(results, tmp_path / "gradebook.csv")
    write_all_json(results, tmp_path / "results")
    write_report(results, tmp_path / "report", "A network in NumPy", generated="today")
    check_everything(results, tmp_path, validator)
    print_class(results)
    assert capsys.readouterr().out.count("\n") == len(results) + 4
    for result in results:
        contained(print_result, result)
        assert "<div" in card(result, {})
        contained(json_of, result).encode("utf-8")


@pytest.mark.parametrize("case", [case for case, fields in QUESTIONS.items() if "picture" in fields])
def test_no_picture_costs_a_word(make_result, case):
    result = make_result("eve", text="a message")
    last = dataclasses.replace(result.questions[-1], **QUESTIONS[case])
    odd = dataclasses.replace(result, questions=(*result.questions[:-1], last))
    assert Result.from_json(odd.to_json()) == result
    assert student_page(odd, "Title") == student_page(result, "Title")


@pytest.mark.parametrize("case", QUESTIONS)
def test_the_marks_are_kept(tmp_path, make_result, case):
    right = make_result("eve", status="memory", late_days=3)
    last = dataclasses.replace(right.questions[-1], **QUESTIONS[case])
    with Gradebook(tmp_path / "gradebook.sqlite") as gradebook:
        gradebook.record(dataclasses.replace(right, questions=(*right.questions[:-1], last)), "print")
        (kept,) = gradebook.results()
    assert (kept.student, kept.status, kept.late_days) == ("eve", "memory", 3)
    assert [row.points for row in kept.questions[:-1]] == [2.0, 4.0, 1.0]
    assert [row.outcome for row in kept.questions[:-1]] == ["passed", "passed", "failed"]


def test_a_step_that_fails_says_so(make_result):
    def step(result):
        if result.output:
            raise RecursionError("too deep")
        return result

    kept = contained(step, make_result("eve", text="x", status="memory"))
    assert kept == marks_alone(make_result("eve", status="memory"), kept.message)
    assert kept.message == (
        "Only the marks of this submission are shown, because something that it returned or printed "
        "could not be written down (RecursionError)."
    )
    assert [row.message for row in kept.questions] == ["", "", *["what went wrong could not be written down"] * 2]
    assert contained(step, make_result("ada")) == make_result("ada")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), GradebookError("locked")])
def test_what_no_result_is_to_blame_for_is_raised(make_result, error):
    def step(result):
        raise error

    with pytest.raises(type(error)):
        contained(step, make_result("eve"))


def test_marks_alone_are_the_same_when_taken_again(villains):
    for result in villains:
        once = marks_alone(result, "message")
        assert marks_alone(once, "message") == once
        assert Result.from_json(once.to_json()).score == once.score
        pickle.dumps(once)


def test_a_terminal_of_an_old_code_page_ends_no_run(tmp_path, make_result):
    write_everything([make_result("Zoë 李飞飞"), make_result("ada")], tmp_path)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "COLUMNS": "100"}
    command = [sys.executable, "-m", "autograder", report_command.name, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert "Zo? ???" in done.stdout and "2 submissions: 2 graded" in done.stdout


def test_a_question_without_any_text_is_a_row(tmp_path):
    rows = (QuestionResult("03.1", "", "failed", 0.0, 1.0),)
    assert "03.1" in student_page(Result("", "03", "graded", rows), "Title")
