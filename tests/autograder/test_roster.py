"""Who is who: the list of a class, matched with what platforms call people."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from autograder.errors import UsageError
from autograder.handin.roster import read_roster
from autograder.handin.students import Student
from autograder.handin.submissions import find_submissions
from autograder.handin.written_times import written_time
from tests.autograder.test_layouts import CASES, WANTED, made

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Tape net (99),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,10.00,(read only)
"Doe, Jane",123,S001,jdoe,A,,
"Müller, Jörg Ulf",124,S002,jmuell,A,,
"Student, Test",999,,b1946ac9,A,,
"Zed, Zoë",125,S003,zz,A,,
"""

TABLES = {
    "names alone": ("Name\nJane Doe\nRick Roe\n", [Student("Jane Doe"), Student("Rick Roe")]),
    "Excel's own line, semicolons": (
        "sep=;\nFirst Name;Last name;E-Mail;Student ID\nJane;Doe;jane@uni.edu;0123\n",
        [Student("Jane Doe", "0123", "jane@uni.edu")],
    ),
    "tabs, a title above": (
        "Class of 2026\t\t\nFull name\tGroup\tExtension (days)\nJane Doe\tteam 1\t2 days\nRick Roe\t\t\n",
        [Student("Jane Doe", group="team 1", extension=2), Student("Rick Roe")],
    ),
    "a gradebook of Canvas": (
        CANVAS,
        [Student("Doe, Jane", "123"), Student("Müller, Jörg Ulf", "124"), Student("Zed, Zoë", "125")],
    ),
    "a worksheet of Moodle": (
        "Identifier,Full name,Email address,Status\nParticipant 1234567,Jane Doe,jane@uni.edu,No submission\n",
        [Student("Jane Doe", "1234567", "jane@uni.edu")],
    ),
    "German": (
        "Name;Vorname;Matrikelnummer;E-Mail-Adresse;Gruppe(n)\nMüller;Jörg;0123;j@uni.de;A\n",
        [Student("Jörg Müller", "0123", "j@uni.de", "A")],
    ),
    "German, as Moodle writes it": (
        "Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Gruppen\nJörg,Müller,0123,j@uni.de,A\n",
        [Student("Jörg Müller", "0123", "j@uni.de", "A")],
    ),
    "French": (
        "Nom;Prénom;Numéro étudiant;Courriel\nDoe;Zoé;7;z@uni.fr\n",
        [Student("Zoé Doe", "7", "z@uni.fr")],
    ),
    "Spanish": (
        "Apellidos;Nombre;Matrícula;Correo electrónico\nLópez;Inés;7;i@uni.es\n",
        [Student("Inés López", "7", "i@uni.es")],
    ),
    "Italian": ("Cognome;Nome;Matricola\nRossi;Ada;7\n", [Student("Ada Rossi", "7")]),
    "Portuguese": ("Nome;Sobrenome;Número\nAda;Gonçalves;7\n", [Student("Ada Gonçalves", "7")]),
    "Dutch": ("Achternaam;Voornaam;Studentnummer;Groep\nBoër;Ada;7;A\n", [Student("Ada Boër", "7", group="A")]),
    "a French name in one column": ("Nom,Groupe\nZoé Doe,A\n", [Student("Zoé Doe", group="A")]),
    "logins alone": ("username,\njdoe,\n\n,\n", [Student("jdoe", "jdoe")]),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("text, people", TABLES.values(), ids=TABLES)
def test_tables_that_courses_have(tmp_path, text, people, encoding):
    path = tmp_path / "roster.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    read = [one.student for one in read_roster(path).people]
    assert [Student(one.name, one.id, one.email, one.group, "", one.extension) for one in read] == people
    assert all(one.full_name == one.name for one in read)


@pytest.mark.parametrize(
    "data, line",
    [
        (None, "cannot read the roster .*: No such file"),
        (b"", "it is empty"),
        (b"\0\1\2", "it is not text"),
        (b"PK\3\4", "it is a spreadsheet or an archive; save it as CSV"),
        (b"\xff\xfe\0", "it is not text"),
        (
            "姓名,学号\n李雷,7\n".encode("gb18030"),
            "its letters are in an encoding that is not known here; save it as UTF-8",
        ),
        ("name,id\n王小明,7\n".encode("big5"), "save it as UTF-8"),
        ("name,id\n山田太郎,7\n".encode("shift_jis"), "save it as UTF-8"),
        ("name,id\nИванов,7\n".encode("cp1251"), "save it as UTF-8"),
        (
            b"a,b\n1,2\n",
            "no heading that a roster needs: expected name, id, email or login in its first line, found a, b",
        ),
        (b"name,id\n", "lists nobody"),
        (b"name,extension\nAda,soon\n", "row 2: expected a number of days as the extension, received soon"),
        (b'name\n"' + b"x" * 200_000, "it is not a table"),
    ],
)
def test_a_roster_that_cannot_be_read_is_one_line(tmp_path, data, line):
    path = tmp_path / "roster.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=line) as error:
        read_roster(path)
    assert "\n" not in str(error.value)
    with pytest.raises(UsageError):
        read_roster(tmp_path)


def applied(tmp_path, tree, roster, **options):
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "roster.csv").write_text(roster, "utf-8")
    return find_submissions(made(tmp_path / "class", tree), WANTED, roster=tmp_path / "roster.csv", **options)


def test_students_of_canvas_by_the_gradebook_of_canvas(tmp_path):
    tree = ["doejane_123_67890_x.py", "müllerjörgulf_777_67891_x.py", "strangersam_778_67892_x.py"]
    found = applied(tmp_path, tree, CANVAS)
    assert [one.person for one in found.submissions] == [
        Student("doejane", "123", full_name="Doe, Jane"),
        Student("müllerjörgulf", "777", full_name="Müller, Jörg Ulf"),
        Student("strangersam", "778"),
    ]
    assert found.missing == (("Zed, Zoë", Student("Zed, Zoë", "125", full_name="Zed, Zoë")),)
    assert found.notes == ("not on the roster: strangersam",)
    assert found.line() == "Canvas download: 3 students, 3 files, 0 late, 0 not looked at, 1 missing"


@pytest.mark.parametrize(
    "name",
    ["Jane Doe", "Doe, Jane", "JANE_DOE", "doe-jane", "Jané Doe", "doejane", "janedoe", "jdoe", "0123", "jane@uni.edu"],
)
def test_whatever_a_student_is_called(tmp_path, name):
    roster = "name,id,email,login,extension\nJane Doe,0123,jane@uni.edu,jdoe,3\nRick Roe,0456,rick@uni.edu,rroe,\n"
    found = applied(tmp_path, [f"{name}.py"], roster)
    (only,) = found.submissions
    assert only.student == name
    assert only.person == Student(name, "0123", "jane@uni.edu", "", "Jane Doe", 3)
    assert [row for row, _ in found.missing] == ["Rick Roe"] and not found.notes


@pytest.mark.parametrize(
    "name, listed",
    [("Seán OBrien", '"O\'Brien, Seán"'), ("Jeanluc Picard", '"Picard, Jean-Luc"'), ("o_neilal", '"O’Neil, Al"')],
)
def test_names_without_their_signs(tmp_path, name, listed):
    found = applied(tmp_path, [f"{name}.py"], f"name\n{listed}\nRick Roe\n")
    assert [row for row, _ in found.missing] == ["Rick Roe"] and not found.notes


def test_the_box_of_the_address_is_a_login_where_no_other_is_known(tmp_path):
    found = applied(tmp_path, ["jdoe.py"], "name,email\nJane Doe,jdoe@uni.edu\n")
    assert found.submissions[0].person == Student("jdoe", "", "jdoe@uni.edu", full_name="Jane Doe")


def test_names_of_two_students_are_nobodys(tmp_path):
    roster = "name,id\nJane Doe,1\nDoe Jane,2\nRick Roe,3\nAnn Lee,4\n"
    found = applied(tmp_path, ["jane doe.py", "Rick Roe_4_assignsubmission_file_x.py"], roster, layout="plain")
    assert found.submissions[0].person == Student("Rick Roe_4_assignsubmission_file_x")
    assert [row for row, _ in found.missing] == ["Ann Lee", "Rick Roe"]
    assert (
        found.notes[0] == "jane doe.py may be of several students of the roster (Doe Jane, Jane Doe); nobody is taken"
    )
    # a number that is one student's and a name that is another's
    found = applied(tmp_path / "moodle", ["Rick Roe_4_assignsubmission_file_x.py"], roster)
    assert found.notes == (
        "Rick Roe_4_assignsubmission_file_x.py may be of several students of the roster (Ann Lee, Rick Roe); "
        "nobody is taken",
    )
    tree = ["Rick Roe_7_assignsubmission_file_x.py", "Rick Roe_8_assignsubmission_file_x.py"]
    found = applied(tmp_path / "one name", tree, "name,id\nRick Roe,m3\nRick Roe,m4\n")
    assert not found.missing
    assert found.notes == (
        f"{tree[0]} and {tree[1]} may be of several students of the roster (Rick Roe (m3), Rick Roe (m4)); "
        "nobody is taken",
    )


def test_one_student_under_two_names_is_told(tmp_path):
    found = applied(tmp_path, ["jdoe.py", "Jane Doe.py"], "name,login\nJane Doe,jdoe\n")
    assert [one.student for one in found.submissions] == ["Jane Doe", "jdoe"]
    assert found.notes == ("Jane Doe and jdoe are the same student on the roster, Jane Doe",)


@pytest.mark.parametrize(
    "tree",
    [
        ["Team 1/04_tape_net.py", "Sam Solo.py"],
        ["team1_123_45678_x.py", "solosam_124_45679_x.py"],
        ["team1_1_45678_x.py", "solosam_4_45679_x.py"],
    ],
    ids=["plain", "canvas", "canvas, by the number of one member"],
)
def test_a_group_that_hands_in_under_its_name(tmp_path, tree):
    roster = (
        'name,id,group\nJane Doe,1,Team 1\nRick Roe,2,Team 1\nAnn Lee,3,"Lab 3, Team 1"\nSam Solo,4,Team 2\n'
        "Eve Gone,5,Team 2\n"
    )
    found = applied(tmp_path, tree, roster)
    group = next(one for one in found.submissions if one.others)
    assert group.student == "Jane Doe" and group.person == Student("Jane Doe", "1", "", "Team 1", "Jane Doe")
    assert [row for row, _ in group.others] == ["Rick Roe", "Ann Lee"]
    assert [row for row, _ in found.missing] == ["Eve Gone"] and not found.notes
    assert found.line().startswith(f"{found.layout}: 4 students, 2 files")


def test_who_handed_in_alone_is_in_no_other_row(tmp_path):
    roster = "name,group\nJane Doe,Team 1\nRick Roe,Team 1\n"
    found = applied(tmp_path, ["Team 1.py", "Jane Doe.py"], roster)
    assert [(one.student, one.others) for one in found.submissions] == [("Jane Doe", ()), ("Rick Roe", ())]
    metadata = (
        "submission_1:\n  :submitters:\n  - {':name': A, ':sid': '1'}\n  - {':name': B, ':sid': '2'}\n"
        "  :created_at: 2026-02-01 10:00:00 Z\n"
        "submission_2:\n  :submitters:\n  - {':name': C, ':sid': '3'}\n  - {':name': B, ':sid': '2'}\n"
        "  :created_at: 2026-02-02 10:00:00 Z\n"
    )
    tree = {"submission_metadata.yml": metadata, "submission_1/x.py": "", "submission_2/x.py": ""}
    found = find_submissions(made(tmp_path / "gradescope", tree), WANTED)
    assert [(one.student, [row for row, _ in one.others]) for one in found.submissions] == [("A", []), ("C", ["B"])]


def test_members_of_a_platforms_group_are_on_the_roster_too(tmp_path):
    found = applied(tmp_path, CASES["gradescope"][0].tree, "name,sid,group\nRick Roe,0456,G\nJane Doe,0123,\n")
    (pair,) = [one for one in found.submissions if one.others]
    assert pair.others == (("Rick Roe", Student("Rick Roe", "0456", "rick@uni.edu", "G", "Rick Roe")),)
    assert not found.missing


def test_a_roster_of_which_little_is_understood(tmp_path):
    tree = ["doejane_123_67890_x.py", "roerick_124_67891_x.py"]
    rows = "".join(f"Etu{number},e{number}@uni.edu\n" for number in range(3))
    found = applied(tmp_path, tree, f"Öğrenci,E-mail\n{rows}")
    assert not found.missing
    assert found.notes == (
        "of the roster only email is read, so it cannot be told who is who, and who is missing; its headings Öğrenci "
        "are not known: call its columns name, id, login or email",
    )
    found = applied(tmp_path / "more", tree, f"Öğrenci,email,id\n{rows}Jane Doe,jane@uni.edu,123\n")
    assert len(found.missing) == 3
    assert found.notes[-1].startswith(
        "of the roster only email, id is read, and most of its people are not found here; "
    )


def test_times_in_moodles_worksheet(tmp_path):
    tree = ["Jane Doe_7_assignsubmission_file_/x.py", "Rick Roe_8_assignsubmission_file_/x.py"]
    roster = (
        "Identifier,Full name,Last modified (submission)\n"
        'Participant 7,Jane Doe,"Friday, 20 November 2026, 10:15 PM"\nParticipant 8,Rick Roe,-\n'
    )
    found = applied(tmp_path, tree, roster)
    assert [one.submitted for one in found.submissions] == [datetime(2026, 11, 20, 22, 15), None]


def test_days_that_a_student_may_be_late(tmp_path):
    roster = "name,extension\nLate Larry,1\n"
    found = applied(tmp_path, CASES["gradescope"][0].tree, roster)
    larry = next(one for one in found.submissions if one.student == "Late Larry")
    assert [larry.times(None).late_days(datetime(2026, 3, day, tzinfo=timezone.utc)) for day in (3, 2, 1)] == [0, 0, 1]
    found = applied(tmp_path / "canvas", CASES["canvas"][0].tree, "name,extension\nRick Roe,1\n")
    late = next(one for one in found.submissions if one.student == "roerick")
    assert late.is_late and late.times(None).late_days(datetime(2026, 3, 1)) == 0


@pytest.mark.parametrize(
    "text, time",
    [
        ("Friday, 20 November 2026, 10:15 AM", (10, 15)),
        ("Friday, 20 November 2026, 12:05 AM", (0, 5)),
        ("Freitag, 20. November 2026, 22:15", (22, 15)),
        ("vendredi 20 novembre 2026, 09:05", (9, 5)),
        ("viernes, 20 de noviembre de 2026, 10:15", (10, 15)),
        ("20.11.2026, 23:30", (23, 30)),
        ("2026-11-20 23:30", (23, 30)),
        ("2026-11-20T23:30:59", (23, 30)),
        ("11/20/2026 10:15", None),
        ("Friday, 31 November 2026, 10:15 AM", None),
        ("-", None),
    ],
)
def test_times_as_tables_write_them(text, time):
    assert written_time(text) == (datetime(2026, 11, 20, *time) if time else None)


def test_times_that_cannot_be_read_are_told(tmp_path):
    tree = ["Ada Lovelace_1_assignsubmission_file_/net.py", "Bob Roe_2_assignsubmission_file_/net.py"]
    rows = 'Full name,Last modified (submission)\n"Ada Lovelace",11/20/2026 10:15\n"Bob Roe",-\n'
    (tmp_path / "roster.csv").write_text(rows)
    found = find_submissions(made(tmp_path / "class", tree), WANTED, roster=tmp_path / "roster.csv")
    assert any("1 of the roster's times cannot be read, such as '11/20/2026 10:15'" in note for note in found.notes)
