"""GitHub Classroom: a clone `assignment-user/` for each student; `grades.csv` says who and when, if it is there."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from autograder.handin.layouts.layout import Found, Layout, Piece, the_assignment, time_of, words_of
from autograder.handin.layouts.tree import HERE, Tree
from autograder.handin.students import Student
from autograder.handin.tables import rows_of

_GRADES = "grades.csv"
_SUBMISSIONS = "-submissions"
_MOST_BYTES = 2**20


def explains(tree: Tree) -> int:
    """Clones, and folders that the table of grades names."""
    return len(_clones(tree, _grades(tree)))


def read(tree: Tree, wanted: str) -> Found:
    """The folders of one assignment. A clone's files have the time of the clone: a table alone tells the students'."""
    grades = _grades(tree)
    known = (tree.folder.name.removesuffix(_SUBMISSIONS), words_of(PurePosixPath(wanted).stem))
    titles = _titles(_clones(tree, grades), known)
    assignment = the_assignment(titles.values(), wanted, tree)
    found = Found([], {_GRADES} if grades else set())
    for name in _clones(tree, grades):
        if titles.get(name) != assignment:
            found.aside[name] = f"it is not called {assignment}-…"
            continue
        rows = grades.get(name, [{}])
        first, *others = [_student(row, name[len(assignment) :].lstrip("-")) for row in rows]
        time = time_of(rows[0].get("submission_timestamp", ""))
        found.pieces.append(Piece(HERE / name, first, submitted=time, others=tuple(others), own_time=False))
    return found


def _clones(tree: Tree, grades: dict[str, list[dict[str, str]]]) -> list[str]:
    # some ways to copy a class leave `.git` out; then the folder that Classroom made tells
    title = tree.folder.name.removesuffix(_SUBMISSIONS) if tree.folder.name.endswith(_SUBMISSIONS) else ""
    return [
        name
        for name in tree.folders()
        if name in grades or tree.has(HERE / name / ".git") or (title and name.startswith(f"{title}-"))
    ]


def _student(row: dict[str, str], user: str) -> Student:
    user = row.get("github_username") or user
    # whatever the instructor's list of the class calls the student: a name, a number or an address
    known = row.get("roster_identifier", "")
    return Student(user, user, known if "@" in known else "", row.get("group_name", ""), known)


def _titles(names: list[str], known: tuple[str, ...]) -> dict[str, str]:
    """The assignment in each name of a repository; names of no assignment are left out."""
    for title in known:
        called = {name: title for name in names if title and name.startswith(f"{title}-")}
        if called:
            return called
    heads = {name: name.rpartition("-")[0] for name in names}
    counts = Counter(heads.values())
    users = {name.rpartition("-")[2] for name in names}
    if len(counts) > 1 and all(head and count > 1 for head, count in counts.items()) and len(users) < len(names):
        # the same users twice: two assignments
        return heads
    prefixes = Counter(name[:end] for name in names for end, letter in enumerate(name) if letter == "-" and end)
    shared = [prefix for prefix, count in prefixes.items() if count > 1 and 2 * count > len(names)]
    common = max(shared, key=lambda prefix: (prefixes[prefix], len(prefix)), default="")
    return {name: common for name in names if not common or name.startswith(f"{common}-")}


def _grades(tree: Tree) -> dict[str, list[dict[str, str]]]:
    """The rows of the table of grades by repository: a group has several."""
    text = tree.text(PurePosixPath(_GRADES), _MOST_BYTES)
    try:
        header, *rows = rows_of(text.encode("utf-8"))
    except ValueError:
        return {}
    grades: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        record = dict(zip(header, row, strict=False))
        name = record.get("student_repository_name", "").rpartition("/")[2]
        if name:
            grades.setdefault(name, []).append(record)
    return grades


GITHUB = Layout("github", "GitHub Classroom", "net-janedoe/net.py", explains, read)
