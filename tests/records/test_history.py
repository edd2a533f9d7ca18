"""Nothing that was graded and no mark that counted is ever lost, and what changes is known before it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from autograder.assignment.definition import find_assignment
from autograder.assignment.late import LatePolicy
from autograder.cli.class_run import Choice, Keeper
from autograder.engine.grader import Graded
from autograder.errors import UsageError
from autograder.handin.students import Student
from autograder.handin.submissions import HandedIn, Submission
from autograder.marks.changes import Change, changes_of
from autograder.marks.rules import Rules
from autograder.records.gradebook import Gradebook
from autograder.records.listing import Listing

DUE = datetime(2026, 3, 1, 23, 59, 59)


class Class:
    """A class in a folder, graded with points that are told and not computed."""

    def __init__(self, folder, make_result):
        self.folder = folder
        self.book = folder / "gradebook.sqlite"
        self._make_result = make_result

    def run(self, points, tests="tests", rules=None, trial=False, choice=None, stop=None, final=True, **known):
        """Grades everybody who is in `points`, by name; returns who was graded, the changes and the results."""
        rules = rules or Rules()
        people = {"person": Student("Ada")} | known
        submissions = [self.submission(name, **people) for name in points]
        listing = Listing(HandedIn("folder", submissions), tests, rules)
        with Gradebook(self.book) as gradebook:
            gradebook.claim(find_assignment("03"), trial)
            chosen = (choice or Choice()).rows(listing)
            finished = gradebook.begin(listing, trial)
            done = (choice or Choice()).done(gradebook, listing, finished)
            others = listing.prints.keys() - chosen
            waiting = listing.waiting(done | others)
            gradebook.begin_run(listing.students(waiting))
            keeper = Keeper(gradebook, trial)
            for number, one in enumerate(waiting):
                if number == stop:
                    return [one.student for one in waiting[:number]], None, None
                result = self._make_result(one.student, points=points[one.student], seed=number)
                graded = Graded(one, result, fingerprint=one.fingerprint, final=final)
                for row in listing.done(graded):
                    keeper.keep(row)
            before = gradebook.counted()
            complete = keeper.has_all and others <= finished
            changes = changes_of(before, gradebook.conclude(listing, rules, complete, trial=True, only=chosen))
            results = None if trial else gradebook.conclude(listing, rules, complete, only=chosen)
            return [one.student for one in waiting], changes, results

    def submission(self, name, text=None, **known):
        path = self.folder / f"{name}.py"
        if text is not None or not path.exists():
            path.write_text(text or name)
        return Submission(name, path, class_folder=self.folder, **known)

    def rows(self, rules=None):
        with Gradebook(self.book, read_only=True) as gradebook:
            return {row.student: row for row in gradebook.results(rules)}

    def of(self, student):
        with Gradebook(self.book, read_only=True) as gradebook:
            gradings = [(one.score, one.state) for one in gradebook.gradings(student)]
            return gradings, [one.mark for one in gradebook.marks(student)]


@pytest.fixture
def course(tmp_path, make_result):
    return Class(tmp_path, make_result)


def test_a_regrade_says_whose_mark_changes_and_keeps_what_was(course):
    _, changes, _ = course.run({"ada": (2.0, 4.0), "bob": (1.0, 0.0)})
    assert changes == []
    graded, changes, results = course.run({"ada": (2.0, 1.0), "bob": (1.0, 0.0)}, tests="others")
    assert graded == ["ada", "bob"]
    assert changes == [Change("Ada (ada)", 6.0, 3.0, {"03.9": -3.0})]
    assert {row.student: (row.mark, row.was) for row in results} == {"ada": (3.0, 6.0), "bob": (1.0, None)}
    assert course.of("ada") == ([(6.0, "replaced"), (3.0, "counts")], [6.0, 3.0])
    assert course.of("bob") == ([(1.0, "replaced"), (1.0, "counts")], [1.0])


def test_a_dry_run_changes_nothing_and_is_then_applied_without_grading(course):
    course.run({"ada": (2.0, 4.0), "bob": (1.0, 0.0)})
    before = course.rows()
    graded, changes, _ = course.run({"ada": (0.0, 0.0), "bob": (1.0, 4.0)}, tests="others", trial=True)
    assert graded == ["ada", "bob"] and [(one.was, one.now) for one in changes] == [(6.0, 0.0), (1.0, 5.0)]
    assert course.rows() == before
    # the same, again: nothing is graded, the same is said
    assert course.run({"ada": (9.0,), "bob": (9.0,)}, tests="others", trial=True)[:2] == ([], changes)
    graded, applied, results = course.run({"ada": (9.0,), "bob": (9.0,)}, tests="others")
    assert (graded, applied, [row.mark for row in results]) == ([], changes, [0.0, 5.0])
    assert course.run({"ada": (9.0,), "bob": (9.0,)}, tests="others")[:2] == ([], [])


def test_a_dry_run_of_a_class_without_marks(course):
    graded, changes, _ = course.run({"ada": (2.0,)}, trial=True)
    assert (graded, changes, course.rows()) == (["ada"], [], {})
    assert [row.mark for row in course.run({"ada": (0.0,)})[2]] == [2.0]


def test_a_dry_run_for_tests_that_were_changed_once_more_is_forgotten(course):
    course.run({"ada": (2.0, 4.0)})
    course.run({"ada": (0.0, 0.0)}, tests="others", trial=True)
    graded, changes, _ = course.run({"ada": (2.0, 3.0)}, tests="third")
    assert (graded, [(one.was, one.now) for one in changes]) == (["ada"], [(6.0, 5.0)])
    assert course.of("ada")[0] == [(6.0, "replaced"), (0.0, "dropped"), (5.0, "counts")]


def test_a_regrade_that_was_stopped_leaves_every_mark_and_goes_on(course):
    points = {"ada": (2.0, 4.0), "bob": (1.0, 0.0)}
    course.run(points)
    lower = {"ada": (0.0, 0.0), "bob": (0.0, 0.0)}
    assert course.run(lower, tests="others", stop=1)[0] == ["ada"]
    rows = course.rows()
    assert {name: row.mark for name, row in rows.items()} == {"ada": 6.0, "bob": 1.0}
    assert {row.left_out for row in rows.values()} == {"graded by other tests or settings"}
    graded, changes, results = course.run(lower, tests="others")
    assert graded == ["bob"] and len(changes) == 2 and [row.mark for row in results] == [0.0, 0.0]
    assert not any(row.left_out for row in results)


def test_what_the_machine_is_to_blame_for_replaces_no_mark(course):
    course.run({"ada": (2.0, 4.0)})
    _, changes, (ada,) = course.run({"ada": (0.0, 0.0)}, choice=Choice(fresh=True), final=False)
    assert (changes, ada.mark) == ([], 6.0)


def test_one_student_alone(course):
    points = {"ada": (2.0, 4.0), "bob": (1.0, 0.0)}
    course.run(points)
    graded, changes, results = course.run({"ada": (0.0,), "bob": (0.0,)}, tests="others", choice=Choice(only=("BOB",)))
    assert (graded, [one.student for one in changes]) == (["bob"], ["Ada (bob)"])
    assert {row.student: (row.mark, row.left_out) for row in results} == {
        "ada": (6.0, "graded by other tests or settings"),
        "bob": (0.0, ""),
    }
    # what a trial has prepared for others stays prepared
    course.run({"ada": (0.0,), "bob": (1.0,)}, tests="others", trial=True)
    graded, changes, _ = course.run({"ada": (9.0,), "bob": (1.0,)}, tests="others", choice=Choice(only=("bob",)))
    assert graded == ["bob"] and [one.student for one in changes] == ["Ada (bob)"]
    assert course.rows()["ada"].mark == 6.0
    with pytest.raises(UsageError, match="--only: there is no student boob; did you mean bob"):
        course.run(points, choice=Choice(only=("boob",)))


def test_again_what_ran_out_of_time(course, make_result):
    course.run({"ada": (2.0,), "bob": (1.0,)})
    with Gradebook(course.book) as gradebook:
        row = replace(next(gradebook.results()), status="timeout")
        gradebook.begin(Listing(HandedIn("folder", [course.submission("ada")]), "tests"))
        gradebook.record(row, course_print(course, "ada"))
    graded, changes, _ = course.run({"ada": (1.0,), "bob": (1.0,)}, choice=Choice(retry=("timeout",)))
    assert (graded, [(one.was, one.now) for one in changes]) == (["ada"], [(2.0, 1.0)])
    assert course.run({"ada": (1.0,), "bob": (1.0,)}, choice=Choice(retry=("timeout",)))[0] == []


def course_print(course, name):
    return Listing(HandedIn("folder", [course.submission(name)]), "tests").prints[name]


def test_the_attempts_of_a_student_stay(course, make_result):
    attempts = [
        Submission("ada", path, class_folder=course.folder, attempt=number, attempts=2)
        for number, path in enumerate((course.folder / "one.py", course.folder / "two.py"), 1)
    ]
    for one in attempts:
        one.path.write_text(one.path.name)
    listing = Listing(HandedIn("folder", attempts), "tests")
    with Gradebook(course.book) as gradebook:
        gradebook.begin(listing)
        keeper = Keeper(gradebook, trial=False)
        for one, points in zip(attempts, ((2.0, 4.0), (1.0, 0.0)), strict=True):
            graded = Graded(one, make_result("ada", points=points), fingerprint=one.fingerprint)
            for row in listing.done(graded):
                keeper.keep(row)
        assert [(one.attempt, one.file, one.score, one.state) for one in gradebook.gradings("ada")] == [
            (2, "two.py", 1.0, "beaten"),
            (1, "one.py", 6.0, "counts"),
        ]


def test_the_best_attempt_is_chosen_again_when_lateness_costs_something_else(course, make_result):
    # the later one is better, and two days late
    days, points = (1, 3), ((2.0, 1.0, 0.0, 0.0), (2.0, 2.0, 0.0, 0.0))
    attempts = []
    for number, day in enumerate(days, 1):
        path = course.folder / f"{number}.py"
        path.write_text(path.name)
        handed_in = datetime(2026, 3, day, 12)
        attempts.append(
            Submission("ada", path, class_folder=course.folder, attempt=number, attempts=2, submitted=handed_in)
        )

    def run(rules, graded):
        listing = Listing(HandedIn("folder", attempts), "tests", rules)
        with Gradebook(course.book) as gradebook:
            gradebook.claim(find_assignment("03"))
            done = gradebook.begin(listing)
            assert bool(done) != graded
            keeper = Keeper(gradebook, trial=False)
            for one, earned in zip(attempts, points, strict=True) if graded else ():
                found = Graded(one, make_result("ada", points=earned), fingerprint=one.fingerprint)
                for row in listing.done(found):
                    keeper.keep(row)
            (before,) = gradebook.results()
            (asked,) = gradebook.conclude(listing, rules, trial=True)
            (after,) = gradebook.conclude(listing, rules)
            assert asked == replace(after, was=asked.was)
            return before.attempt, after.attempt, after.mark, after.was

    free, costly = Rules(DUE), Rules(DUE, LatePolicy(percent_per_day=10))
    assert run(free, graded=True) == (2, 2, 4.0, None)
    assert run(costly, graded=False) == (2, 1, 3.0, 4.0)
    assert run(free, graded=False) == (1, 2, 4.0, 3.0)
    assert [one for one, _ in course.of("ada")[0]] == [3.0, 4.0]


def test_a_later_due_date_changes_marks_and_grades_nothing(course):
    policy = LatePolicy(percent_per_day=10)
    known = {"submitted": datetime(2026, 3, 3, 12)}
    _, _, (ada,) = course.run({"ada": (2.0, 4.0)}, rules=Rules(DUE, policy), **known)
    assert (ada.score, ada.mark, ada.late_days) == (6.0, 4.8, 2)
    graded, changes, (ada,) = course.run({"ada": (0.0,)}, rules=Rules(datetime(2026, 3, 3), policy), **known)
    assert (graded, [(one.was, one.now, one.rest) for one in changes]) == ([], [(4.8, 5.4, 0.6)])
    assert (ada.mark, ada.was) == (5.4, 4.8)
    # looked at with other rules, nothing is written
    assert course.rows(Rules(DUE, policy))["ada"].mark == 4.8
    assert course.of("ada")[1] == [4.8, 5.4]


def test_without_hidden_tests_no_mark_counts(course):
    course.run({"ada": (2.0,)})
    with Gradebook(course.book) as gradebook:
        gradebook._connection.execute("INSERT OR REPLACE INTO about VALUES ('hidden', 'no')")
    (ada,) = course.rows().values()
    assert ada.left_out == "graded by public tests alone, because the assignment has no hidden ones"
