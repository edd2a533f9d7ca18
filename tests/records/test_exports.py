"""Marks for other programs: readable by machines, harmless in spreadsheets, safe as files."""

import csv
import io
import os
import unicodedata

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.facts.adjustment import Adjustment
from autograder.facts.result import Result
from autograder.files import keep_in_cache, write_atomic
from autograder.records.exports import COLUMNS, csv_of, write_all_json, write_csv, write_json
from autograder.records.names import file_name, file_names

any_text = st.text(st.characters(codec=None, exclude_categories=()))


def read(path, encoding="utf-8-sig"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_columns_are_the_contract_and_questions_are_in_natural_order(tmp_path, make_result):
    path = write_csv([make_result("Zoë", late_days=2), make_result("bob", points=(2.0,))], tmp_path / "marks.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == (
        "student,name,id,email,group,status,mark,score,max_score,percent,without_carrying,late_days,late_penalty,"
        "remarks,attempt,submitted,left_out,03.2,03.9,03.10,03.11"
    )
    assert lines[1] == ("Zoë,,,,,graded,7,7,14,50,7,2,0,,1,,,2,4,1,0")
    assert lines[2] == "bob,,,,,graded,2,2,2,100,2,0,0,,1,,,2,,,"


def test_columns_are_the_same_whatever_is_known(tmp_path, make_result):
    bob = make_result("bob", name="Bob", id="=18", group="blue", attempt=2, attempts=3, submitted="2026-03-03T12:00:00")
    missing = Result("cy", "03_numpy_net", "missing", name="Cy")
    gone = make_result("dan", left_out="no longer in the folder")
    first, *rows = write_csv([bob, missing, gone], tmp_path / "marks.csv").read_text("utf-8-sig").splitlines()
    assert first.split(",") == [*COLUMNS, "03.2", "03.9", "03.10", "03.11"]
    assert rows == [
        "bob,Bob,'=18,,blue,graded,7,7,14,50,7,0,0,,2,2026-03-03T12:00:00,,2,4,1,0",
        "cy,Cy,,,,missing,,,,,,,,,,,,,,,",
        "dan,,,,,graded,7,7,14,50,7,0,0,,1,,no longer in the folder,2,4,1,0",
    ]
    plain = write_csv([make_result("ada")], tmp_path / "plain.csv").read_text("utf-8-sig").splitlines()
    assert plain[0] == first


def test_what_was_decided_about_a_mark_is_in_the_table(make_result):
    excuse = Adjustment("excuse", "ill", "MW", "2026-11-20")
    fixed = Adjustment("override", "=exam", "MW", "2026-11-20", points=3.5)
    rows = [
        make_result("ada", adjustments=(excuse,)),
        Result("bob", "03_numpy_net", "missing", adjustments=(fixed,)),
        make_result("cy", late_penalty=1.5, late_days=1),
    ]
    ada, bob, cy = csv.DictReader(io.StringIO(csv_of(rows)))
    assert (ada["mark"], ada["score"], ada["remarks"]) == ("", "7", "Excused: ill (MW, 2026-11-20).")
    assert (bob["mark"], bob["score"], bob["status"]) == ("3.5", "", "missing")
    assert (cy["mark"], cy["score"], cy["late_penalty"]) == ("5.5", "7", "1.5")


def test_a_table_does_not_change_from_run_to_run(tmp_path, make_result):
    first, again = make_result("ada", seconds=0.25), make_result("ada", seconds=7.5, seed=8, was=3.0, file="ada.py")
    paths = [write_csv([one], tmp_path / f"{number}.csv") for number, one in enumerate((first, again))]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_spreadsheet_sees_that_it_is_utf_8(tmp_path, make_result):
    data = write_csv([make_result("Zoë")], tmp_path / "marks.csv").read_bytes()
    assert data.startswith("\ufeffstudent,".encode()) and data.count("\ufeff".encode()) == 1


def test_a_table_with_semicolons_has_decimal_commas_in_numbers_alone(make_result):
    odd = make_result("v1.5", points=(0.5, 4.0), name="1.5", late_penalty=0.25)
    row = next(csv.DictReader(io.StringIO(csv_of([odd], ";")), delimiter=";"))
    assert (row["mark"], row["03.2"], row["late_penalty"]) == ("4,25", "0,5", "0,25")
    assert (row["student"], row["name"]) == ("v1.5", "1.5")


def test_pandas_reads_the_numbers(tmp_path, make_result):
    results = [make_result("ada"), make_result("bob", points=(1 / 3, 4.0))]
    table = pandas.read_csv(write_csv(results, tmp_path / "marks.csv")).set_index("student")
    assert table["score"].tolist() == [result.score for result in results]
    assert table["percent"].tolist() == [result.percent for result in results]
    assert table["03.10"].isna().tolist() == [False, True]


@given(any_text)
def test_no_text_becomes_a_formula(tmp_path_factory, name):
    path = tmp_path_factory.getbasetemp() / "formula.csv"
    write_csv([Result(name, "03_numpy_net", "graded")], path)
    (row,) = read(path)
    assert row["student"].lstrip()[:1] not in tuple("=+-@")
    assert row["student"][:1] not in tuple("\t\r\n")
    assert row["score"] == "0"


def test_hostile_rows_stay_rows(tmp_path, hostile):
    rows = read(write_csv(hostile, tmp_path / "marks.csv"))
    assert len(rows) == len(hostile)
    assert {row["score"] for row in rows} == {"7"}
    assert rows[2]["student"] == "'=cmd|' /C calc'!A0"
    assert "\x1b" not in (tmp_path / "marks.csv").read_text(encoding="utf-8")


def test_an_empty_class_has_a_header(tmp_path):
    path = write_csv([], tmp_path / "marks.csv")
    assert path.read_text("utf-8-sig") == ",".join(COLUMNS) + "\n"


def test_json_is_the_result(tmp_path, make_result):
    result = make_result("Zoë", text="é\x1b")
    path = write_json(result, tmp_path / "results")
    assert path == tmp_path / "results" / "Zoë.json"
    assert Result.from_json(path.read_text(encoding="utf-8")) == result


def test_json_holds_no_lone_surrogate(tmp_path, make_result):
    content = write_json(make_result("a", text="\udc80"), tmp_path).read_bytes()
    assert "\ufffd" in content.decode()
    assert b"\\udc80" not in content


def test_hostile_names_stay_inside_the_folder(tmp_path, hostile):
    folder = tmp_path / "results"
    write_all_json(hostile, folder)
    assert len(list(folder.iterdir())) == len(hostile)
    assert all(path.resolve().parent == folder.resolve() and path.is_file() for path in folder.iterdir())
    assert list(tmp_path.iterdir()) == [folder]


@given(any_text)
def test_file_names_are_safe(student):
    name = file_name(student)
    assert name
    assert not name.startswith(".")
    assert len(name.encode("utf-8")) <= 180
    assert all(character.isalnum() or character in "._-%" for character in name)


@given(any_text, any_text)
def test_different_students_have_different_files(one, other):
    assert (file_name(one) == file_name(other)) == (one == other)


@pytest.mark.parametrize("name", ["CON", "con.txt", "nul", "LPT1", "com9.tar", "Index", "index"])
def test_reserved_names_are_changed(name):
    assert file_name(name) == f"%{ord(name[0]):02X}{name[1:]}"


@pytest.mark.parametrize("name", ["ada", "console", "ada.lovelace", "student_01-b", "Zoë", "李飞飞"])
def test_good_names_stay(name):
    assert file_name(name) == name


@given(st.lists(st.text(st.sampled_from("aAåÅe\u0301éÉßsS/"), max_size=4), unique=True))
def test_a_class_has_different_files_where_capitals_do_not_count(students):
    names = file_names(students)
    folded = {unicodedata.normalize("NFC", name).casefold() for name in names.values()}
    assert len(folded) == len(students)
    assert names == file_names(reversed(students))


def test_only_names_that_collide_get_a_hash():
    names = file_names(["Ann", "ann", "bob"])
    assert names["bob"] == "bob"
    assert names["Ann"].startswith("Ann-")
    assert names["ann"].startswith("ann-")


def hashed(student):
    """The name that a student has beside one whose name differs in capitals."""
    return file_names([student, student.swapcase()])[student]


def test_no_name_can_be_chosen_to_become_anothers():
    students = ["ann", "Ann", hashed("ann"), hashed("Ann"), hashed("ann").upper(), hashed("ann").replace("-", "\uff0d")]
    students += [hashed(hashed("ann")), "ann-49915e0d", "x" * 400, file_name("x" * 400), file_name("x" * 400).upper()]
    names = file_names(students)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names.values()}) == len(students)
    assert names["ann-49915e0d"] == "ann-49915e0d"
    # nobody's name depends on who else is there, but for those who differ in capitals
    for student in students:
        assert names[student] in (file_names([student])[student], hashed(student))


@given(st.lists(st.text(st.sampled_from("aA１1-eE")), unique=True, max_size=6), st.integers(0, 5))
def test_names_of_names_differ(students, times):
    for _ in range(times):
        students = list(dict.fromkeys([*students, *file_names(students).values()]))
    names = file_names(students)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names.values()}) == len(students)
    assert all(len(name.encode()) <= 180 for name in names.values())


@pytest.mark.parametrize("name", ["ｉndex", "ＣＯＮ", "com\u00b9"])
def test_names_that_fold_to_reserved_ones_are_changed(name):
    assert file_name(name).startswith("%")


def test_a_name_is_one_line_of_the_table(tmp_path, make_result):
    forger = make_result("eve\nada,graded,14,14,100,0,0.25\r\n\tbob")
    lines = write_csv([forger], tmp_path / "marks.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith('"eve␊ada,graded,14,14,100,0,0.25␍␊␉bob",,,,,graded,7,')


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    path = write_atomic(tmp_path / "page.html", "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(path, "new \udc80")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        write_atomic(tmp_path / "folder", "a file cannot replace a folder")
    assert path.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "folder", path]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_files_have_the_permissions_of_other_files(tmp_path):
    (tmp_path / "usual").write_text("")
    path = write_atomic(tmp_path / "ours", "")
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_what_is_kept_in_the_cache_is_read_by_nobody_else(tmp_path):
    """Right values are among it, and a submission may run as another user."""
    path = tmp_path / "cache" / "values-1.json.gz"
    for _ in range(2):
        keep_in_cache(path, b"right", 2)
        assert path.read_bytes() == b"right" and path.stat().st_mode & 0o777 == 0o600
