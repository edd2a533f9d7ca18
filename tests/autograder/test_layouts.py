"""Classes as learning platforms hand them over: who handed what in, when, in which attempt, and what was not looked at.

The trees are as the platforms make them: Canvas by its `content_zipper.rb`, Moodle by `mod/assign`, Sakai by its
`AssignmentServiceImpl`, the others by public tools that read their downloads.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.handin.layouts.registry import LAYOUTS
from autograder.handin.students import Student
from autograder.handin.submissions import HandedIn, find_submissions
from tests.autograder.test_archives import tarred

WANTED = "04_tape_net.py"
UTC = timezone.utc
NO_FILE = "expected a .py or .ipynb"
NOTHING = "nothing was handed in"


def made(folder: Path, files: dict[str, str] | list[str]) -> Path:
    """Writes a class: paths, with what the files hold; a path that ends in `/` is a folder."""
    for name in files:
        path = folder / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_text(files[name] if isinstance(files, dict) else "x = 1", "utf-8")
    return folder


@dataclass
class Case:
    """A tree, and what is to be found in it: rows, each with the file, or with the beginning of the reason."""

    title: str
    tree: dict[str, str] | list[str]
    rows: dict[str, str]
    late: set[str] = field(default_factory=set)  # rows that are late on the first of March
    unseen: set[str] = field(default_factory=set)
    people: dict[str, Student] = field(default_factory=dict)  # of some rows
    others: dict[str, list[str]] = field(default_factory=dict)


METADATA = """---
submission_101:
  :submitters:
  - :name: Jane Doe
    :sid: '0123'
    :email: jane@uni.edu
  :created_at: 2026-02-27 22:15:01.064651000 Z
  :score: 3.0
  :results:
    :tests:
    - :output: |-
        submission_102:
          :submitters:
          - :name: Nobody
  :history:
  - :id: 7
    :created_at: 2026-02-01 10:00:00.000000000 Z
submission_102:
  :submitters:
  - :name: "J\\u00f6rg M\\xFCller"
    :sid:
    :email: joerg@uni.edu
  - :name: Rick Roe
    :sid: '0456'
    :email: rick@uni.edu
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-03-03 10:00:00.000000000 Z
    time: 2026-03-03 02:00:00.000000000 Z
submission_103:
  :submitters:
  - :name: Late Larry
    :sid: '0789'
    :email: larry@uni.edu
  :created_at: 2026-03-02 10:00:00.000000000 -08:00
"""
GRADES = (
    "assignment_name,assignment_url,starter_code_url,github_username,roster_identifier,student_repository_name,"
    "student_repository_url,submission_timestamp,points_awarded,points_available,group_name\n"
    "Tape net,u,s,ann-lee,ann@uni.edu,org/tape-ann-lee,r,2026-02-27 21:05:31 UTC,0,10,\n"
    "Tape net,u,s,bob,Roe Bob,tape-team-a,r,2026-03-02T21:05:31Z,0,10,team a\n"
    "Tape net,u,s,cy,,tape-team-a,r,2026-03-02T21:05:31Z,0,10,team a\n"
)
RECORD = """Name: Jane Doe (jane_doe)
Assignment: Tape net
Date Submitted: Tuesday, 3 March 2026 06:34:13 o'clock GMT
Current Mark: Needs Marking

Submission Field:
There is no student submission text data for this assignment.

Comments:
Name: Somebody Else (rroe)

Files:
\tOriginal filename: 04_tape_net.py
\tFilename: Tape net_jane_doe_attempt_2026-03-03-06-34-13_04_tape_net.py
"""

CASES = {
    "canvas": [
        Case(
            "files side by side",
            [
                "doejane_12345_678901_04_tape_net.py",
                "roerick_LATE_12346_678902_04_tape_net-1.ipynb",
                "müller-doejörg_12347_678903_helpers.py",
                "müller-doejörg_12347_678904_04_tape_net-2.py",
                "李雷_12348_678905_answer.tar-1.gz",
                "o_neilal_12349_678906_x_LATE_1_2_y.py",
                "typistann_12350_text.html",
                "typistbea_12351_678907_report.pdf",
                "typistbea_12351_link.html",
                "anon_a1B2c_678908_net.py",
                "LATE_anon_d3E4f_678909_net.py",
                "README.md",
                ".DS_Store",
                "__MACOSX/._doejane_12345_678901_04_tape_net.py",
            ],
            {
                "doejane": "04_tape_net.py",
                "roerick": "04_tape_net.ipynb",
                "müller-doejörg": "04_tape_net.py",
                "李雷": "answer.tar.gz",
                "o_neilal": "x_LATE_1_2_y.py",
                "typistann": f"{NO_FILE}, found text.html",
                "typistbea": f"{NO_FILE}, found report.pdf, link.html",
                "anon_a1B2c": "net.py",
                "anon_d3E4f": "net.py",
            },
            late={"roerick", "anon_d3E4f"},
            unseen={"README.md", "müller-doejörg_12347_678903_helpers.py"},
            people={"doejane": Student("doejane", "12345")},
        ),
        Case(
            "two students of one name, in a folder of the .zip",
            [
                "submissions/doejane_123_67890_04_tape_net.py",
                "submissions/doejane_456_67891_04_tape_net.py",
                "submissions/roerick_789_67892_04_tape_net.py",
                "roster.csv",
            ],
            {"doejane (123)": "04_tape_net.py", "doejane (456)": "04_tape_net.py", "roerick": "04_tape_net.py"},
            unseen={"roster.csv"},
        ),
        Case("one student alone", ["doejane_12345_678901_net.py"], {"doejane": "net.py"}),
        Case(
            "a quiz",
            ["doejane_108_question_5010_990_net.py", "roerick_LATE_109_question_5010_991_net-1.py"],
            {"doejane": "net.py", "roerick": "net.py"},
            late={"roerick"},
            people={"doejane": Student("doejane", "108")},
        ),
    ],
    "moodle": [
        Case(
            "folders",
            [
                "Jane Doe_1234567_assignsubmission_file_/04_tape_net.py",
                "Jane Doe_1234567_assignsubmission_onlinetext_/onlinetext.html",
                "Group A-Rick Roe_1234568_assignsubmission_file_/homework/04_tape_net.ipynb",
                "Zoë O'Neil_1234569_assignsubmission_file/answer.zip",
                "Ann Typist_1234570_assignsubmission_onlinetext_/onlinetext.html",
                "Participant_1234571_assignsubmission_file_/x_9_assignsubmission_file_y.py",
                "Default group_assignsubmission_file/04_tape_net.py",
                "No File_1234572_assignsubmission_file_/",
            ],
            {
                "Jane Doe": "04_tape_net.py",
                "Group A-Rick Roe": "04_tape_net.ipynb",
                "Zoë O'Neil": "answer.zip",
                "Ann Typist": f"{NO_FILE} in the folder, found onlinetext.html",
                "Participant 1234571": "x_9_assignsubmission_file_y.py",
                "Default group": "04_tape_net.py",
                "No File": NOTHING,
            },
            people={"Jane Doe": Student("Jane Doe", "1234567")},
        ),
        Case(
            "no folders",
            [
                "Jane Doe_1234567_assignsubmission_file_04_tape_net.py",
                "Jane Doe_1234567_assignsubmission_file_helpers.py",
                "Rick Roe_1234568_assignsubmission_file_net_1_2_x.ipynb",
                "Rick Roe_1234568_assignsubmission_onlinetext_onlinetext.html",
            ],
            {"Jane Doe": "04_tape_net.py", "Rick Roe": "net_1_2_x.ipynb"},
            unseen={"Jane Doe_1234567_assignsubmission_file_helpers.py"},
        ),
    ],
    "gradescope": [
        Case(
            "with metadata",
            {
                "assignment_9_export/submission_metadata.yml": METADATA,
                "assignment_9_export/submission_101/04_tape_net.py": "x = 1",
                "assignment_9_export/submission_102/src/04_tape_net.ipynb": "{}",
                "assignment_9_export/submission_102/src/helpers.py": "x = 1",
                "assignment_9_export/submission_103/report.pdf": "",
                "assignment_9_export/submission_104/net.py": "x = 1",
            },
            {
                "Jane Doe": "04_tape_net.py",
                "Jörg Müller": "04_tape_net.ipynb",
                "Late Larry": f"{NO_FILE} in the folder, found report.pdf",
                "submission_104": "net.py",
            },
            late={"Late Larry"},
            unseen={"assignment_9_export/submission_102/src/helpers.py"},
            people={"Jane Doe": Student("Jane Doe", "0123", "jane@uni.edu")},
            others={"Jörg Müller": ["Rick Roe"]},
        ),
        Case(
            "without metadata",
            ["submission_101/04_tape_net.py", "submission_102/04_tape_net.py"],
            {"submission_101": "04_tape_net.py", "submission_102": "04_tape_net.py"},
            unseen={"submission_metadata.yml"},
        ),
    ],
    "github": [
        Case(
            "clones",
            [
                "tape-net-submissions/tape-net-ann/.git/HEAD",
                "tape-net-submissions/tape-net-ann/04_tape_net.py",
                "tape-net-submissions/tape-net-ann/README.md",
                "tape-net-submissions/tape-net-ann/tests/test_net.py",
                "tape-net-submissions/tape-net-ann-lee/.git/HEAD",
                "tape-net-submissions/tape-net-ann-lee/src/04_tape_net.ipynb",
                "tape-net-submissions/tape-net-bob/.git/HEAD",
            ],
            {
                "ann": "04_tape_net.py",
                "ann-lee": "04_tape_net.ipynb",
                "bob": NOTHING,
            },
        ),
        Case(
            "with the table of grades",
            {
                "grades.csv": GRADES,
                "tape-ann-lee/04_tape_net.py": "x = 1",
                "tape-ann-lee/.git/HEAD": "",
                "tape-team-a/04_tape_net.py": "x = 1",
            },
            {"ann-lee": "04_tape_net.py", "bob": "04_tape_net.py"},
            late={"bob"},
            people={"ann-lee": Student("ann-lee", "ann-lee", "ann@uni.edu", full_name="ann@uni.edu")},
            others={"bob": ["cy"]},
        ),
        Case(
            "a stray clone",
            ["hw-ann/.git/HEAD", "hw-ann/x.py", "hw-bob/.git/HEAD", "hw-bob/x.py", "solution/.git/HEAD"],
            {"ann": "x.py", "bob": "x.py"},
            unseen={"solution"},
        ),
        Case(
            "without .git",
            [f"tape-net-submissions/tape-net-{name}/04_tape_net.py" for name in ("ann", "ann-lee", "bob")],
            dict.fromkeys(["ann", "ann-lee", "bob"], "04_tape_net.py"),
        ),
        Case("one clone", ["04-tape-net-ann/.git/HEAD", "04-tape-net-ann/x.py"], {"ann": "x.py"}),
    ],
    "nbgrader": [
        Case(
            "a course",
            {
                "gradebook.db": "",
                "nbgrader_config.py": "",
                "source/ps1/04_tape_net.ipynb": "{}",
                "release/ps1/04_tape_net.ipynb": "{}",
                "submitted/ann/ps1/04_tape_net.ipynb": "{}",
                "submitted/ann/ps1/timestamp.txt": "2026-02-27 15:58:23.948203 UTC",
                "submitted/ann/ps2/05_search.ipynb": "{}",
                "submitted/ann/ps2/timestamp.txt": "2026-02-27 15:58:23.948203 UTC",
                "submitted/bob/ps1/04_tape_net.ipynb": "{}",
                "submitted/bob/ps1/helpers.py": "",
                "submitted/bob/ps1/timestamp.txt": "2026-03-01 00:00:01 UTC\n",
                "submitted/eve/ps2/05_search.ipynb": "{}",
            },
            {"ann": "04_tape_net.ipynb", "bob": "04_tape_net.ipynb"},
            late={"bob"},
            unseen={"submitted/*/ps2", "submitted/eve", "submitted/bob/ps1/helpers.py"},
            people={"ann": Student("ann", "ann")},
        ),
        Case(
            "the folder `submitted`",
            {
                "submitted/ann/04_tape_net/x.ipynb": "{}",
                "submitted/ann/other/x.ipynb": "{}",
                "submitted/bob/04_tape_net/x.ipynb": "{}",
            },
            {"ann": "x.ipynb", "bob": "x.ipynb"},
            unseen={"submitted/*/other"},
        ),
    ],
    "sakai": [
        Case(
            "under the assignment's title",
            {
                "bulk/Tape net/grades.csv": "Tape net,Points\n\nDisplay ID,ID,Last Name,First Name,grade\n",
                "bulk/Tape net/Doe, Jane(jdoe)/Submission attachment(s)/04_tape_net.py": "x = 1",
                "bulk/Tape net/Doe, Jane(jdoe)/timestamp.txt": "20260227235959001",
                "bulk/Tape net/Doe, Jane(jdoe)/comments.txt": "",
                "bulk/Tape net/Doe, Jane(jdoe)/feedbackText.html": "",
                "bulk/Tape net/Doe, Jane(jdoe)/Feedback Attachment(s)/marked.py": "",
                "bulk/Tape net/Roe, Rick (Ricky)(rroe)/Submission attachment(s)/src/04_tape_net.ipynb": "{}",
                "bulk/Tape net/Roe, Rick (Ricky)(rroe)/timestamp.txt": "2026-03-02T04:05:06.789Z",
                "bulk/Tape net/Typist, Ann(at)/Typist, Ann(at)_submissionText.html": "",
                "bulk/Tape net/Typist, Ann(at)/timestamp.txt": "",
                "bulk/Tape net/None, Nora(nora)/timestamp.txt": "",
                "bulk/Tape net/None, Nora(nora)/comments.txt": "",
                "bulk/Tape net/None, Nell(ne)/timestamp.txt": "",
                "bulk/Tape net/None, Nell(ne)/Submission attachment(s)/": "",
                "bulk/Tape net/Team 1 (a1-b2)/members.txt": "Moe, Max(mm); Noe, Nina(nn)",
                "bulk/Tape net/Team 1 (a1-b2)/Submission attachment(s)/04_tape_net.py": "x = 1",
            },
            {
                "Doe, Jane": "04_tape_net.py",
                "Roe, Rick (Ricky)": "04_tape_net.ipynb",
                "Typist, Ann": f"{NO_FILE}, found Typist, Ann(at)_submissionText.html",
                "None, Nora": NOTHING,
                "None, Nell": NOTHING,
                "Moe, Max": "04_tape_net.py",
            },
            late={"Roe, Rick (Ricky)"},
            people={"Doe, Jane": Student("Doe, Jane", "jdoe")},
            others={"Moe, Max": ["Noe, Nina"]},
        ),
    ],
    "blackboard": [
        Case(
            "no records",
            [f"HW_1_{user}_attempt_2026-02-20-06-34-13_a.py" for user in ("ann", "bob", "jane_doe")],
            dict.fromkeys(["ann", "bob", "jane_doe"], "a.py"),
        ),
        Case(
            "two attempts, names with underscores",
            {
                "Tape net_jane_doe_attempt_2026-02-20-06-34-13.txt": RECORD,
                "Tape net_jane_doe_attempt_2026-02-20-06-34-13_old.py": "x = 1",
                "Tape net_jane_doe_attempt_2026-03-03-06-34-13.txt": RECORD,
                "Tape net_jane_doe_attempt_2026-03-03-06-34-13_04_tape_net.py": "x = 2",
                "Tape net_jane_doe_attempt_2026-03-03-06-34-13_helpers.py": "x = 2",
                "Tape net_rroe_attempt_2026-02-20-10-00-00_x_eve_attempt_2020-01-01-00-00-00_y.py": "x = 1",
                "Tape net_typist_attempt_2026-02-20-10-00-00.txt": (
                    "Name: Ann Typist (typist)\n\nSubmission Field:\nx = 1\n"
                ),
                "Tape net_none_attempt_2026-02-20-10-00-00.txt": RECORD.replace("jane_doe", "none").replace(
                    "Jane", "No"
                ),
            },
            {
                "Jane Doe": "04_tape_net.py",
                "rroe": "x_eve_attempt_2020-01-01-00-00-00_y.py",
                "Ann Typist": f"{NO_FILE}, found text.txt",
                "No Doe": NOTHING,
            },
            late={"Jane Doe"},
            unseen={"Tape net_jane_doe_attempt_2026-03-03-06-34-13_helpers.py"},
            people={"Jane Doe": Student("Jane Doe", "jane_doe")},
        ),
    ],
    "plain": [
        Case(
            "in two folders of two .zips",
            ["a/b/ada.py", "a/b/bob.py", "a/b/cy.py", "a/__MACOSX/x"],
            dict.fromkeys(["ada", "bob", "cy"], ""),
        ),
        Case(
            "what people put into a folder",
            [
                "ada.py",
                "ada.ipynb",
                "bob.docx",
                "cleo/04_tape_net.py",
                "cleo/04_tape_net (1).py",
                "cleo/notes.txt",
                "dan.zip",
                "dan.pdf",
                "eve.txt",
                "gus/homework.zip",
                "gus/04_tape_net.py",
                "gus/test_net.py",
                "hal/a/b/04_tape_net.py",
                "hal/helpers.py",
                "ivy (1).py",
                "README.md",
                "roster.csv",
                "grades.xlsx",
                ".hidden.py",
                ".DS_Store",
                ".git/HEAD",
                "__MACOSX/._ada.py",
            ],
            {
                "ada": "ada.py",
                "bob": f"{NO_FILE}, found bob.docx",
                "cleo": "04_tape_net.py",
                "dan": "dan.zip",
                "eve": f"{NO_FILE}, found eve.txt",
                "gus": "04_tape_net.py",
                "hal": "04_tape_net.py",
                "ivy": "ivy (1).py",
            },
            unseen={
                *("README.md", "roster.csv", "grades.xlsx", ".hidden.py", "dan.pdf"),
                *("ada.ipynb", "cleo/04_tape_net (1).py", "gus/homework.zip", "hal/helpers.py"),
            },
        ),
        Case(
            "in the folder of a .zip",
            ["hw/ada.py", "hw/bob.py", "hw/cy.ipynb"],
            dict.fromkeys(["ada", "bob", "cy"], ""),
        ),
        Case(
            "a folder called as nbgrader's",
            [f"submitted/{name}/{name} homework/04_tape_net.py" for name in ("ann", "bob", "cy")],
            dict.fromkeys(["ann", "bob", "cy"], "04_tape_net.py"),
        ),
        Case(
            "one student's folder",
            ["ada/04_tape_net.py", "ada/a.py", "ada/b.py"],
            {"ada": "04_tape_net.py"},
            unseen={"ada/a.py", "ada/b.py"},
        ),
        Case("names with numbers", ["ann_1_2_x.py"], {"ann_1_2_x": "ann_1_2_x.py"}),
        Case("versions", ["ann_1_200_x.py", "bob_1_200_x.py"], {"ann_1_200_x": "", "bob_1_200_x": ""}),
        Case(
            "names like platforms', on purpose",
            [
                "ann.py",
                "bob.py",
                "cy.py",
                "x_LATE_1_234_y.py",
                "x_9_assignsubmission_file_/z.py",
                "eve/submission_metadata.yml",
                "eve/04_tape_net.py",
                "hw_mal_attempt_2020-01-01-00-00-00_y.py",
                "mia/04_tape_net/timestamp.txt",
                "mia/04_tape_net/04_tape_net.py",
                "ned(ned)/timestamp.txt",
                "ned(ned)/x.py",
            ],
            {
                **dict.fromkeys(["ann", "bob", "cy", "x_LATE_1_234_y", "x_9_assignsubmission_file_", "eve", "mia"], ""),
                **dict.fromkeys(["hw_mal_attempt_2020-01-01-00-00-00_y", "ned(ned)"], ""),
            },
        ),
    ],
}
ALL = [(name, case) for name, cases in CASES.items() for case in cases]


def found_in(tmp_path: Path, tree: dict[str, str] | list[str], **options) -> HandedIn:
    return find_submissions(made(tmp_path / "class", tree), WANTED, **options)


def test_every_layout_has_a_tree():
    assert CASES.keys() == LAYOUTS.keys()


@pytest.mark.parametrize("layout", ["auto", "named"])
@pytest.mark.parametrize("name, case", ALL, ids=[f"{name}: {case.title}" for name, case in ALL])
def test_what_platforms_hand_over(tmp_path, name, case, layout):
    found = found_in(tmp_path, case.tree, layout=name if layout == "named" else "auto")
    assert found.layout == LAYOUTS[name].title
    rows = {one.student: one for one in found.submissions}
    assert rows.keys() == case.rows.keys() and len(rows) == len(found.submissions)
    for row, says in case.rows.items():
        one = rows[row]
        if says.startswith(("expected", NOTHING)):
            assert one.reason.startswith(says)
        else:
            assert not one.reason and one.path.is_file()
            assert (one.called or one.path.name) == (says or one.path.name)
            assert one.class_folder == tmp_path / "class"
    due = datetime(2026, 3, 1, tzinfo=UTC)
    assert {row for row, one in rows.items() if one.times(None).late_days(due)} == case.late
    assert {path.removeprefix("submissions/").removeprefix("class/") for path, _ in found.unseen} == case.unseen
    assert {row: rows[row].person for row in case.people} == case.people
    assert {row: [name for name, _ in one.others] for row, one in rows.items() if one.others} == case.others


def test_the_line_says_what_the_folder_was_taken_for(tmp_path):
    found = found_in(tmp_path, CASES["canvas"][0].tree)
    due = datetime(2026, 3, 1)
    assert found.line(due) == "Canvas download: 9 students, 11 files, 2 late, 2 not looked at"
    assert found.remarks(due) == [
        "not looked at: README.md: by its name it is nobody's hand-in",
        "not looked at: müller-doejörg_12347_678903_helpers.py: 04_tape_net.py counts",
        "2 late by the platform's word, which has no time: each counts as one day late",
    ]
    found = found_in(tmp_path / "plain", [f"{name}.py" for name in "abcdefg"] + [f"{name}.csv" for name in "tuvwxyz"])
    assert found.line(due) == "Plain folder: 7 students, 7 files, 7 not looked at"
    remarks = found.remarks()
    assert len(remarks) == 6 and remarks[-1] == "not looked at: 2 more"
    assert found.remarks(due) == [*remarks, "late days go by the files' own times, which a copy may change"]


def test_attempts(tmp_path):
    blackboard = CASES["blackboard"][1].tree
    last = {one.student: one for one in found_in(tmp_path, blackboard).submissions}
    assert (last["Jane Doe"].attempt, last["Jane Doe"].attempts) == (2, 2)
    best = [one for one in found_in(tmp_path, blackboard, attempt="best").submissions if one.student == "Jane Doe"]
    assert [(one.attempt, one.attempts, one.called) for one in best] == [(1, 2, "old.py"), (2, 2, "04_tape_net.py")]
    assert best[0].submitted < best[1].submitted
    plain = found_in(tmp_path / "plain", ["ada.py", "ada (1).py", "ada(2).ipynb", "ada (2).py", "bob (2026).py"])
    ada, bob = plain.submissions
    assert (ada.student, ada.path.name, ada.attempt, ada.attempts) == ("ada", "ada (2).py", 3, 3)
    assert bob.student == "bob (2026)"
    with pytest.raises(UsageError, match="expected --attempt last or best; received first"):
        found_in(tmp_path, blackboard, attempt="first")


def test_what_is_read_is_called_as_the_student_called_it(tmp_path, unpack):
    folder = made(tmp_path / "class", ["doejane_123_45678_net.py", "roerick_124_45679_hw.tar-1.gz"])
    (folder / "doejane_123_45678_net.py").write_text("")
    (folder / "roerick_124_45679_hw.tar-1.gz").write_bytes(tarred([("04_tape_net.py", b"x = 1")], "w:gz"))
    doe, roe = (one.read(unpack) for one in find_submissions(folder, WANTED).submissions)
    assert doe.reason == "net.py is empty; save your work and hand it in again"
    assert roe.source.parts == [{"name": "04_tape_net.py", "text": "x = 1"}]


def test_both_endings_are_taken_off_a_name(tmp_path):
    (flo,) = found_in(tmp_path, ["flo.py.txt"]).submissions
    assert flo.student == "flo"


@pytest.mark.parametrize(
    "zone, utc, note",
    [
        ("11:30:00 PM CET", "2026-03-03T05:34:13", ""),
        ("6:34:13 o'clock BST", "2026-03-03T05:34:13", ""),
        ("6:34:13 AM EDT", "2026-03-03T10:34:13", ""),
        ("6:34:13 AM Asia/Kolkata", "2026-03-03T01:04:13", ""),
        ("6:34:13 AM", None, ""),
        (
            "6:34:13 AM XYZ",
            None,
            "Blackboard's times are in XYZ, which is not known here: they are taken for local time",
        ),
    ],
)
def test_the_zone_of_blackboards_clock(tmp_path, zone, utc, note):
    tree = {
        "Net_jdoe_attempt_2026-03-03-06-34-13.txt": f"Name: J (jdoe)\nDate Submitted: Tuesday, March 3, 2026 {zone}\n",
        "Net_jdoe_attempt_2026-03-03-06-34-13_net.py": "x = 1",
    }
    found = found_in(tmp_path, tree)
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC) if utc else datetime(2026, 3, 3, 6, 34, 13)
    assert [one.submitted for one in found.submissions] == [expected]
    assert found.notes == ((note,) if note else ())


def test_a_letter_that_is_written_in_two_ways_is_one(tmp_path):
    (only,) = found_in(tmp_path, ["u\u0308ber.py", "\u00fcber.ipynb"]).submissions
    assert only.student == "\u00fcber" and only.path.suffix == ".py" and not only.reason


def test_a_clone_has_no_time_of_its_own(tmp_path):
    clones, graded = (found_in(tmp_path / str(number), CASES["github"][number].tree) for number in (0, 1))
    now = time.time()
    past = datetime.now() - timedelta(days=3)
    assert [one.times(now).late_days(past) for one in clones.submissions] == [0, 0, 0]
    assert graded.submissions[0].times(now).late_days(datetime(2026, 2, 27, tzinfo=UTC)) == 1
    (plain,) = found_in(tmp_path / "plain", ["ada.py"]).submissions
    assert plain.times(now).late_days(past) == 4 or plain.times(now).late_days(past) == 3


@pytest.mark.parametrize("inner", ["", "submitted", "submitted/ann"])
def test_whichever_folder_of_a_course_is_named(tmp_path, inner):
    folder = made(tmp_path / "course", CASES["nbgrader"][0].tree)
    found = find_submissions(folder / inner, WANTED)
    assert found.layout == "nbgrader course"
    assert [one.student for one in found.submissions] == (["ann"] if inner.endswith("ann") else ["ann", "bob"])


MIXED = {
    "nbgrader": ["submitted/ann/ps1/a.ipynb", "submitted/ann/ps2/b.ipynb", "submitted/bob/ps1/a.ipynb"],
    "Blackboard": ["HW 1_ann_attempt_2026-02-20-06-34-13_a.py", "HW 2_ann_attempt_2026-02-21-06-34-13_a.py"],
    "GitHub": [f"hw{number}-{name}/.git/HEAD" for number in (1, 2) for name in ("ann", "bob")],
    "two downloads of Canvas": [
        f"{hw}/{name}_{user}_45{hw}{user}_x.py" for hw in (1, 2) for name, user in (("a", 123), ("b", 124))
    ],
    "two titles of Sakai": [f"{hw}/{name}({name})/timestamp.txt" for hw in ("HW 1", "HW 2") for name in ("a", "b")],
}


@pytest.mark.parametrize("tree", MIXED.values(), ids=MIXED)
def test_a_folder_that_mixes_two_assignments(tmp_path, tree):
    with pytest.raises(UsageError, match=r"expected the hand-ins of one assignment, .* holds 2 \(") as error:
        found_in(tmp_path, tree)
    assert "\n" not in str(error.value)


def test_of_two_assignments_the_one_that_is_called_as_asked(tmp_path):
    tree = ["04 tape net_ann_attempt_2026-02-20-06-34-13_a.py", "05_ann_attempt_2026-02-21-06-34-13_a.py"]
    found = found_in(tmp_path, tree)
    assert [one.path.name for one in found.submissions] == tree[:1]
    assert found.unseen == (("05", "it is another assignment"),)


def test_metadata_that_cannot_be_read_costs_nobody_the_marks(tmp_path):
    for number, text in enumerate(
        [
            "\0",
            "&a [*a]",
            "submission_1: {" * 5000,
            "[" * 100_000,
            "submission_1: 3\nsubmission_2:\n  :submitters: yes\n  :created_at: 2026-13-45 99:99:99",
            "submission_1:\n  :submitters:\n  - :name: {a: b}\n  - 3\n  -\n",
            "a: &a x\n" + "b: *c",
        ]
    ):
        tree = {"submission_metadata.yml": text, "submission_1/a.py": "", "submission_2/b.py": ""}
        found = found_in(tmp_path / str(number), tree)
        assert [one.student for one in found.submissions] == ["submission_1", "submission_2"], text[:40]
        assert [one.submitted for one in found.submissions] == [None, None]


def test_names_that_no_system_should_have(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    for name in (b"doe\xff_12345_67890_a.py", b"roe\n_12346_67891_b.py", b"\xe2\x80\xaemoe_12347_67892_c.py"):
        (folder / os.fsdecode(name)).write_text("x = 1")
    found = find_submissions(folder, WANTED)
    assert found.layout == "Canvas download" and len(found.submissions) == 3
    assert all(one.read().text for one in found.submissions)


def test_links_lead_nowhere(tmp_path):
    secret = made(tmp_path / "secret", ["04_tape_net.py"])
    folder = made(tmp_path / "class", ["Ann_1_assignsubmission_file_/", "Bob_2_assignsubmission_file_/x.py"])
    (folder / "Ann_1_assignsubmission_file_" / "04_tape_net.py").symlink_to(secret / "04_tape_net.py")
    (folder / "Cy_3_assignsubmission_file_").symlink_to(secret)
    os.mkfifo(folder / "Dan_4_assignsubmission_file_x.py")
    reasons = {one.student: one.reason for one in find_submissions(folder, WANTED).submissions}
    assert reasons == {
        "Ann": "expected a .py or .ipynb in the folder, found 04_tape_net.py (a link)",
        "Bob": "",
        "Cy": "Cy_3_assignsubmission_file_ is a symbolic link; hand in the file itself",
        "Dan": "x.py is not a regular file",
    }
    (tmp_path / "wrapped").mkdir()
    (tmp_path / "wrapped" / "hw").symlink_to(folder)
    (only,) = find_submissions(tmp_path / "wrapped", WANTED).submissions
    assert "symbolic link" in only.reason


def test_folders_of_any_size(tmp_path):
    folder = made(tmp_path / "class", [f"ada/{number}.txt" for number in range(1001)] + ["bob.py"])
    ada, bob = find_submissions(folder, WANTED).submissions
    assert ada.reason.startswith("expected at most 1000 files in the folder") and not bob.reason
    deep = made(tmp_path / "deep", ["ada/" + "d/" * 30 + "x.py", "bob.py"])
    ada, bob = find_submissions(deep, WANTED).submissions
    assert NO_FILE in ada.reason and not bob.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read(tmp_path):
    folder = made(tmp_path / "class", ["ada/x.py", "bob.py"])
    (folder / "ada").chmod(0)
    ada, bob = find_submissions(folder, WANTED).submissions
    (folder / "ada").chmod(0o700)
    assert ada.reason == "the folder cannot be read: Permission denied" and not bob.reason


@pytest.mark.parametrize(
    "tree, options, line",
    [
        ([], {}, "holds no submission"),
        (
            [f"Section {one}/x.py" for one in ("1/hans", "1/anna", "2/anna", "2/bob")],
            {},
            r"holds 2 folders of hand-ins \(Section 1, Section 2\); name one of them, or say --layout plain",
        ),
        (["README.md", "roster.csv"], {}, "holds no submission"),
        (["ada.py"], {"layout": "blackbord"}, "expected --layout auto, moodle, .*, plain; received blackbord"),
        (
            ["ada.py"],
            {"layout": "canvas"},
            r"expected names like doejane_12345_67890_net.py for --layout canvas, .* holds none",
        ),
    ],
)
def test_bad_folders_are_one_line(tmp_path, tree, options, line):
    (tmp_path / "class").mkdir()
    with pytest.raises(UsageError, match=line) as error:
        found_in(tmp_path, tree, **options)
    assert "\n" not in str(error.value)


def test_a_download_that_is_not_unpacked(tmp_path):
    (tmp_path / "submissions.zip").write_bytes(b"PK")
    with pytest.raises(UsageError, match=r"submissions\.zip is a file; unpack it, and name the folder"):
        find_submissions(tmp_path / "submissions.zip", WANTED)
    notes = find_submissions(tmp_path, WANTED).notes
    assert notes == ("submissions.zip is all there is; if it holds a class, unpack it and name its folder",)


def class_of_canvas(folder: Path, students: int) -> Path:
    """A download with two files of each student."""
    pairs = [(number, name) for number in range(students) for name in ("04_tape_net.ipynb", "helpers.py")]
    names = [f"doe{number}x_{10000 + number}_{700000 + file}_{name}" for file, (number, name) in enumerate(pairs)]
    return made(folder, names)


def test_600_students_are_laid_out_in_2_seconds(tmp_path):
    folder = class_of_canvas(tmp_path / "class", 600)
    start = time.perf_counter()
    found = find_submissions(folder, WANTED)
    seconds = time.perf_counter() - start
    assert len(found.submissions) == 600 and found.files == 1200 and not any(one.reason for one in found.submissions)
    # a quarter of a second on a slow machine
    assert seconds < 2
