"""Pages to hand back: the student's own code with its places, nothing hidden, and a path by which a platform finds whose."""

from __future__ import annotations

import html
import json
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.exporting.feedback.names import canvas_name, moodle_name
from autograder.exporting.feedback.page import Told, feedback_page
from autograder.exporting.feedback.places import Marked
from autograder.exporting.feedback.public import public_only
from autograder.exporting.gradescope import results_json
from autograder.facts.adjustment import Adjustment
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis
from autograder.handin.sources import Source
from autograder.handin.submissions import find_submissions
from autograder.text import number
from tests.exporting.conftest import decided, grade, result

pytestmark = pytest.mark.turns(4)
WRONG = "\n\ndef mse_loss(Y_hat, Y):\n    return float(np.mean((Y_hat - Y) ** 2))\n"
RAISES = "\n\ndef sigmoid(Z):\n    return 1 / (1 + undefined_name)\n"
HOSTILE = '<img src=x onerror=alert(1)>"&\x1b[2J\u202e'


class Page(HTMLParser):
    """What is on a page, as a browser reads it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.marked: list[str] = []
        self._in: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.links += [found[name] for name in ("href", "src", "action") if name in found]
        self.ids += [found["id"]] if "id" in found else []
        assert not [name for name in found if name.startswith("on")]
        if "class" in found and "marked" in found["class"].split():
            self._in.append("marked")

    def handle_data(self, data):
        if self._in and data.strip() and not data.isdigit():
            self.marked.append(data.strip())
            self._in.clear()
        self.text += data


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class of Moodle's, really graded: a script, a notebook, an archive and a hostile name."""
    assignment = find_assignment("03_numpy_net")
    root = tmp_path_factory.mktemp("class")
    folder = root / "handed_in"
    solution = assignment.solution.read_text("utf-8")
    notebook = json.loads(assignment.starter(".ipynb").read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code[-1]["source"] = RAISES.strip().splitlines(keepends=True)

    def handed_in(name, number):
        place = folder / f"{name}_{number}_assignsubmission_file_"
        place.mkdir(parents=True)
        return place

    (handed_in("Ada Lovelace", 901) / "03_numpy_net.py").write_text(solution + WRONG, "utf-8")
    (handed_in("Grace Hopper", 902) / "03_numpy_net.ipynb").write_text(json.dumps(notebook), "utf-8")
    with zipfile.ZipFile(handed_in("Zip Archer", 903) / "mine.zip", "w") as archive:
        archive.writestr("03_numpy_net.py", solution)
    (handed_in("Bob <b>&\u202e", 904) / "03_numpy_net.py").write_text("x = (\n", "utf-8")
    grade(find_submissions(folder, assignment.submission), root / "grades")
    return root


@pytest.fixture
def copy(graded, tmp_path):
    """The same class, to be changed."""
    shutil.copytree(graded, tmp_path / "class")
    return tmp_path / "class"


def pages(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def participants(names: list[str]) -> dict[str, str]:
    """What Moodle's `is_valid_filename_for_import` makes of the paths in an archive: files by participant."""
    found = {}
    for name in names:
        parts = name.split("/")
        while parts:
            info = parts.pop(0).split("_", 4)
            if len(info) < 4 or not info[1].isdecimal():
                continue
            assert info[2:4] == ["assignsubmission", "file"] and not parts[-1].startswith((".", "~"))
            found[info[1]] = "/".join([*info[4:], *parts]).lstrip("/")
            break
    return found


def test_moodle_gets_a_page_for_each_participant(graded, tmp_path, autograder):
    options = ("--submissions", graded / "handed_in", "--layout", "moodle", "--output", tmp_path / "m.zip")
    status, out, err = autograder("feedback", graded / "grades", *options)
    assert (status, err) == (0, "") and out.endswith("m.zip: 4 pages\n")
    found = pages(tmp_path / "m.zip")
    assert participants(list(found)) == dict.fromkeys(("901", "902", "903", "904"), "feedback.html")
    ada = Page(found["Ada Lovelace_901_assignsubmission_file_/feedback.html"])
    assert "Mean squared error" in ada.text and "return float(np.mean((Y_hat - Y) ** 2))" in ada.text
    grace = Page(found["Grace Hopper_902_assignsubmission_file_/feedback.html"])
    assert "return 1 / (1 + undefined_name)" in grace.marked and re.search(r"Cell \d+", grace.text)
    archer = Page(found["Zip Archer_903_assignsubmission_file_/feedback.html"])
    assert "40 of 40 points" in archer.text and "def sigmoid" in archer.text
    assert "x = (" in Page(next(text for name, text in found.items() if "_904_" in name)).text


@pytest.mark.parametrize(
    "layout, files, place, why",
    [
        (
            "moodle",
            ["7z Man_20_assignsubmission_file_/x.7z"],
            "7z Man_20_assignsubmission_file_/feedback.html",
            "expected a .py or .ipynb in the folder, found x.7z (unpack it)",
        ),
        (
            "moodle",
            ["Two Files_21_assignsubmission_file_/a.py", "Two Files_21_assignsubmission_file_/b.py"],
            "Two Files_21_assignsubmission_file_/feedback.html",
            "found 2: a.py, b.py",
        ),
        (
            "moodle",
            ["Flat Pdf_22_assignsubmission_file_work.pdf"],
            "Flat Pdf_22_assignsubmission_file_/feedback.html",
            "expected a .py or .ipynb, found work.pdf",
        ),
        (
            "canvas",
            ["doejane_1013_90013_solution.pdf"],
            "doejane_1013_90013_feedback.html",
            "expected a .py or .ipynb, found solution.pdf",
        ),
        (
            "canvas",
            ["doejane_LATE_1013_90013_a.py", "doejane_LATE_1013_90014_b.py"],
            "doejane_LATE_1013_90013_feedback.html",
            "found 2: a.py, b.py",
        ),
        ("plain", ["jane/notes.txt"], "jane.html", "expected a .py or .ipynb in the folder, found notes.txt"),
    ],
)
def test_who_handed_in_nothing_readable_gets_a_page_with_the_reason(tmp_path, autograder, layout, files, place, why):
    folder = tmp_path / "in"
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(b"7z\xbc\xaf'\x1c\0")
    grade(find_submissions(folder, find_assignment("03_numpy_net").submission), tmp_path / "grades")
    options = ("--submissions", folder, "--layout", layout, "--output", tmp_path / "p.zip")
    status, out, err = autograder("feedback", tmp_path / "grades", *options)
    assert (status, err) == (0, "") and out.endswith(": 1 page\n")
    (name, text) = pages(tmp_path / "p.zip").popitem()
    assert name == place and Page(text).text.lower().count(why) == 2 and "has changed" not in text


def test_a_page_stands_alone_and_links_to_nobody(graded, tmp_path, autograder):
    autograder("feedback", graded / "grades", "--submissions", graded / "handed_in", "--output", tmp_path / "p.zip")
    for name, text in pages(tmp_path / "p.zip").items():
        page = Page(text)
        assert "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'" in text
        assert not {"script", "img", "link", "iframe", "form"} & set(page.tags)
        assert all(link.startswith("#") and link[1:] in page.ids for link in page.links), name
        others = {"Ada Lovelace", "Grace Hopper", "Zip Archer"} - {html.unescape(name).replace("%20", " ")[:-5]}
        assert not [other for other in others if other in page.text]
        assert "\x1b" not in text and "\u202e" not in text


def test_with_public_only_nothing_is_told_that_a_hidden_test_found(graded, tmp_path, autograder):
    output = ("--submissions", graded / "handed_in", "--output")
    autograder("feedback", graded / "grades", *output, tmp_path / "all.zip")
    status, _, _ = autograder("feedback", graded / "grades", "--public-only", *output, tmp_path / "public.zip")
    assert status == 0
    all_pages, public = pages(tmp_path / "all.zip"), pages(tmp_path / "public.zip")
    assert all_pages.keys() == public.keys()
    for text in (*all_pages.values(), *public.values()):
        assert "numbers are not shown" not in text or text in all_pages.values()
    archer = Page(public["Zip%20Archer.html"]).text
    assert "40 of 40 points" in archer and "10.25 of these points are for tests that are not shown here." in archer
    assert sum(float(most) for most in re.findall(r"Passed [\d.]+ of ([\d.]+)", archer)) == 29.75


def test_only_what_a_public_test_found_is_left():
    public_is_right = replace(
        result("ada", (3, 0)).questions[0], diagnosis=Diagnosis("sign", "W1", "A sign is flipped.")
    )
    public_is_wrong = replace(result("ada", (1, 0)).questions[0], output="printed 4.479 in a hidden test")
    shown = public_only(replace(result("ada"), questions=(public_is_right, public_is_wrong)))
    right, wrong = shown.questions
    assert (right.outcome, right.points, right.max_points, right.message, right.diagnosis) == ("passed", 3, 3, "", None)
    assert (wrong.outcome, wrong.points, wrong.max_points, wrong.message, wrong.output) == (
        "failed",
        1,
        3,
        "Public ",
        "",
    )


def test_what_the_mark_was_before_is_not_handed_back():
    changed = replace(result("ada", (3, 0)), was=1.0, adjustments=(decided("bonus", points=2.0),))
    page, given = feedback_page(changed, Told("Net"), None), results_json(changed)
    assert "2 points more: illness" in page and "2 points more: illness" in given
    assert "before." not in page and "before." not in given


def test_who_has_a_mark_and_handed_nothing_in_has_no_page(gradebook, tmp_path, autograder):
    rows = [
        result("ada", (3, 0)),
        replace(result("bob"), status="missing", adjustments=(decided("bonus", points=3.0),)),
    ]
    status, out, _ = autograder("feedback", gradebook(rows), "--output", tmp_path / "p.zip")
    assert status == 0 and "no page for 1 (handed nothing in): bob\n" in out
    assert list(pages(tmp_path / "p.zip")) == ["ada.html"]


def test_how_a_hidden_test_ended_is_not_told():
    ended = replace(result("ada", (3, 0)), status="timeout")
    said = "ran longer than this assignment allows"
    assert said in feedback_page(ended, Told("Net"), None)
    assert said not in feedback_page(ended, Told("Net", is_public=True), None)
    row = ended.questions[0]
    public = replace(row.parts[0], outcome="error", points=0.0)
    ended = replace(ended, questions=(replace(row, parts=(public, row.parts[1])),))
    assert said in feedback_page(ended, Told("Net", is_public=True), None)


def test_a_gradebook_of_an_early_program_cannot_tell(gradebook, tmp_path, autograder):
    old = result("ada", (3, 0))
    book = gradebook([replace(old, questions=tuple(replace(one, parts=()) for one in old.questions))])
    status, _, err = autograder("feedback", book, "--public-only", "--output", tmp_path / "p.zip")
    assert status == 2 and "grade again with --fresh, or leave --public-only out" in err
    assert autograder("feedback", book, "--output", tmp_path / "p.zip")[0] == 0


def test_code_that_is_not_what_was_graded_is_not_shown(copy, tmp_path, autograder):
    folder = copy / "handed_in"
    shutil.rmtree(folder / "Grace Hopper_902_assignsubmission_file_")
    ada = folder / "Ada Lovelace_901_assignsubmission_file_" / "03_numpy_net.py"
    ada.write_text(ada.read_text("utf-8") + "SECRET = 1\n", "utf-8")
    link = folder / "Zip Archer_903_assignsubmission_file_" / "mine.zip"
    link.unlink()
    link.symlink_to(find_assignment("03_numpy_net").solution)
    status, out, _ = autograder("feedback", copy / "grades", "--submissions", folder, "--output", tmp_path / "p.zip")
    found = pages(tmp_path / "p.zip")
    assert status == 0 and not [name for name, text in found.items() if "SECRET" in text or "BEGIN SOLUTION" in text]
    assert "Your code is not shown here: the file has changed since it was graded." in found["Ada%20Lovelace.html"]
    assert "no code on the page for 2 (the file has changed since it was graded): Ada Lovelace; Zip Archer\n" in out
    assert f"no code on the page for 1 (the file is no longer in {folder}): Grace Hopper\n" in out


def test_the_best_of_several_attempts_is_shown(tmp_path, autograder):
    assignment = find_assignment("03_numpy_net")
    folder = tmp_path / "in"
    folder.mkdir()
    right = "import numpy as np\n\n\ndef sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))\n"
    for name, text in (("ada", RAISES), ("ada (1)", f"{right}BEST = 1\n"), ("ada (2)", "LAST = 1\n")):
        (folder / f"{name}.py").write_text(text, "utf-8")
    handed_in = find_submissions(folder, assignment.submission, attempt="best")
    grade(handed_in, tmp_path / "grades")
    autograder("feedback", tmp_path / "grades", "--submissions", folder, "--output", tmp_path / "p.zip")
    assert "BEST = 1" in pages(tmp_path / "p.zip")["ada.html"]


def test_pages_without_the_folder_say_so(graded, tmp_path, autograder):
    status, out, _ = autograder("feedback", graded / "grades", "--output", tmp_path / "p.zip")
    assert status == 0 and "the pages have no code; name the folder that was graded: --submissions FOLDER\n" in out


def test_the_marker_has_a_word(copy, tmp_path, autograder):
    (copy / "grades" / "comments.toml").write_text(
        '"Ada Lovelace" = "Well done.\\n\\nSee you <b>on</b> Monday."\n\n[902]\nall = "Ask me."\n"03.1" = "Look at `Z`."\n',
        "utf-8",
    )
    autograder("feedback", copy / "grades", "--output", tmp_path / "p.zip")
    found = pages(tmp_path / "p.zip")
    ada, grace = Page(found["Ada%20Lovelace.html"]), Page(found["Grace%20Hopper.html"])
    assert "Well done.\n\nSee you <b>on</b> Monday." in ada.text and "From your marker" in ada.text
    assert "Ask me." in grace.text and "Look at `Z`." in grace.text
    assert "From your marker" not in found["Zip%20Archer.html"]


@pytest.mark.parametrize(
    "text, told",
    [
        (
            '"Ada Lovelac" = "x"',
            "toml:1: there is no student Ada Lovelac; did you mean ada lovelace?",
        ),
        ('\n"Ada Lovelace" = 3', "toml:2: expected a text, or a table of texts by question, received 3"),
        ('["Ada Lovelace"]\n"03.99" = "x"', "there is no question '03.99'; did you mean 03.9?, or write all"),
        ('["Ada Lovelace"]\n"03.1" = ["x"]', "expected a text for 03.1, received ['x']"),
        ('"Ada Lovelace" = "x"\n901 = "y"', "toml:2: 901 is Ada Lovelace, who has a comment already"),
        ('"Ada Lovelace" = "x', "cannot read "),
    ],
)
def test_comments_that_cannot_be_meant_are_one_line(copy, tmp_path, autograder, text, told):
    (copy / "grades" / "comments.toml").write_text(text, "utf-8")
    status, out, err = autograder("feedback", copy / "grades", "--output", tmp_path / "p.zip")
    assert (status, out, err.count("\n")) == (2, "", 1) and told in err
    assert not (tmp_path / "p.zip").exists()


@pytest.mark.parametrize(
    "options, told",
    [
        (["--output", "pages"], "expected the name of an archive that ends with .zip as --output, received pages"),
        (
            ["--output", "p.zip", "--submissions", "nowhere"],
            "expected the folder that was graded as --submissions, nowh",
        ),
        (["--output", "p.zip", "--comments", "nowhere.toml"], "cannot read nowhere.toml"),
        (["--output", "p.zip", "--into", "sheet.csv"], "--layout plain does nothing with --into; leave it out"),
        (
            ["--output", "p.zip", "--layout", "canvas"],
            "there is no page to write: its file is none of Canvas's download",
        ),
        (["--output", "/proc/p.zip"], "cannot write /proc/p.zip: "),
    ],
)
def test_wrong_options_are_one_line(graded, autograder, options, told):
    status, _, err = autograder("feedback", graded / "grades", *options)
    assert status == 2 and told in err and err.count("\n") == 1


def test_a_worksheet_tells_the_numbers_of_participants(gradebook, tmp_path, autograder):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "Identifier,Full name,Email address,Grade,Last modified (grade)\n"
        "Participant 77,Doe_X/Jane,jd@uni.edu,,-\nParticipant 78,Ann Lee,a@uni.edu,,-\nParticipant 79,Ann Lee,b@uni.edu,,-\n",
        "utf-8",
    )
    rows = [result("jd", (3, 1), email="jd@uni.edu"), result("Ann Lee", (3, 1))]
    options = ("--layout", "moodle", "--into", sheet, "--output", tmp_path / "m.zip")
    status, out, _ = autograder("feedback", gradebook(rows), *options)
    assert participants(list(pages(tmp_path / "m.zip"))) == {"77": "feedback.html"}
    assert status == 1 and "no page for 1 (may be Ann Lee (78) or Ann Lee (79)): Ann Lee\n" in out


@pytest.mark.parametrize(
    "file, id, name",
    [
        ("doejane_12_345_net.py", "12", "doejane_12_345_feedback.html"),
        ("doejane_LATE_12_345_my_net-1.py", "12", "doejane_LATE_12_345_feedback.html"),
        ("doejane_12_question_9_345_net.py", "12", "doejane_12_question_9_345_feedback.html"),
        ("doejane_12_text.html", "12", ""),
        ("doejane_12_345_net.py", "S1", ""),
        ("", "12", ""),
    ],
)
def test_canvas_finds_whose_it_is_by_the_first_two_numbers(file, id, name):
    found = canvas_name(result("doejane", (3, 1), id=id, file=file))
    assert found == name
    if found and "question" not in found:
        assert [part for part in found.split("_") if re.fullmatch(r"\d+", part)][:2] == ["12", "345"]


def test_moodle_is_given_no_number_of_a_roster():
    file = "Jane Doe_1234567_assignsubmission_file_/net.py"
    assert moodle_name(result("Jane Doe", (3, 1), id="1234567", file=file))
    assert not moodle_name(result("Jane Doe", (3, 1), id="s777", file=file))
    assert not moodle_name(result("Jane Doe", (3, 1), id="777", file="jane/net.py"))


SOURCE = Source(
    [
        {
            "name": "net.py",
            "text": "# %% [markdown]\n# one\n# two\n# three\n# %%\nimport numpy\n\n\ndef f(\n    x,\n):\n    return x\n\n\ny = 1\n",
        }
    ]
)


def marked(block):
    return [(line.number, line.marks) for line in block.lines if line.marks]


def test_places_are_those_of_causes_and_facts_wherever_they_stand():
    first = result("ada", (0, 0)).questions[0]
    inner = Fact("could-not-be-run", values={"why": Fact("statement", place=Place.of("other.py", 6))})
    cause = Diagnosis("sign", "W1", "A sign.", (Cause(("W1",), "sign", place=Place(line=12, until=13)),))
    one = replace(first, facts=(inner,), diagnosis=cause)
    code = Marked(SOURCE, [one])
    prose, rest = code.blocks
    assert prose.is_prose and not rest.is_prose and [line.number for line in prose.lines] == [1, 2, 3, 4]
    assert marked(rest) == [(6, ("03.1",)), (12, ("03.1",)), (13, ("03.1",))]
    (excerpt,) = code.excerpts(one)
    assert (excerpt.lines[0].number, excerpt.lines[-1].number) == (3, 15)


def test_a_question_without_a_place_shows_its_function():
    wrong, right = result("ada", (0, 0), (3, 1)).questions
    code = Marked(SOURCE, [wrong, right], {"03.1": ("f",), "03.2": ("f",)})
    (excerpt,) = code.excerpts(wrong)
    assert [line.text for line in excerpt.lines] == ["def f(", "    x,", "):", "    return x"] and not marked(excerpt)
    assert code.excerpts(right) == []
    assert Marked(SOURCE, [wrong], {"03.1": ("missing",)}).excerpts(wrong) == []


@pytest.mark.parametrize("place", [Place(line=10**9), Place.of("net.ipynb, cell 5", 1), Place(line=-3), Place()])
def test_places_that_are_not_there_mark_nothing(place):
    one = replace(result("ada", (0, 0)).questions[0], facts=(Fact("statement", place=place),))
    assert not [line for block in Marked(SOURCE, [one]).blocks for line in block.lines if line.marks]


def test_what_students_write_is_text():
    source = Source([{"name": "net.py", "text": f"x = 1  # {HOSTILE}\n"}])
    row = replace(result("ada", (0, 0)).questions[0], id=HOSTILE, name=HOSTILE, message=HOSTILE, facts=())
    one = replace(result(HOSTILE, (0, 0), name=HOSTILE, message=HOSTILE), questions=(row,))
    text = feedback_page(one, Told(HOSTILE), source)
    page = Page(text)
    assert "img" not in page.tags and "\x1b" not in text and "\u202e" not in text
    assert page.text.count("<img src=x onerror=alert(1)>") > 5


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_browser_shows_it_on_every_screen_and_has_nothing_against_it(graded, tmp_path, autograder):
    playwright = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    autograder("feedback", graded / "grades", "--submissions", graded / "handed_in", "--output", tmp_path / "p.zip")
    for name, text in pages(tmp_path / "p.zip").items():
        (tmp_path / name).write_text(text, "utf-8")
    told = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme, width, name in (("light", 1280, "Ada%20Lovelace.html"), ("dark", 390, "Grace%20Hopper.html")):
            # a check of its own is put into the page, which the page's own policy would not let run
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
            page.on("console", lambda message: told.append(message.text))
            page.goto((tmp_path / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert [one["id"] for one in axe.Axe().run(page).response["violations"]] == []
        browser.close()
    assert told == []


def test_a_question_that_the_marker_set_shows_those_points():
    one = result("ada", (3, 0))
    question = one.questions[0]
    set_to = Adjustment("override", "half right by hand", "M. Weber", "2026-11-22", points=1, question=question.id)
    page = feedback_page(replace(one, adjustments=(set_to,)), Told("Net"), None)
    assert f"{number(question.points)} of {number(question.max_points)}</p>" not in page
    assert f"1 of {number(question.max_points)}</p>" in page
