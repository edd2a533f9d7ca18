"""A class as rows: whose a submission is, which attempt counts, how late it is, and what a run leaves out."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone

import pytest

from autograder.assignment.definition import find_assignment
from autograder.engine.grader import Graded
from autograder.handin.lateness import Times
from autograder.handin.students import Student
from autograder.handin.submissions import HandedIn, Submission
from autograder.marks.rules import Rules
from autograder.records.gradebook import Gradebook
from autograder.records.listing import Listing, basis_of
from autograder.records.summary import summarise

DUE = datetime(2026, 3, 1, 23, 59, 59)
ADA, BOB = Student("Ada Lovelace", "17", "ada@example.org", "blue"), Student("Bob", "18")

RULES = Rules(DUE)


@pytest.mark.parametrize(
    ("times", "days"),
    [
        (Times(), 0),
        (Times(datetime(2026, 3, 1, 23, 59, 59)), 0),
        (Times(datetime(2026, 3, 2)), 1),
        (Times(datetime(2026, 3, 2, 23, 59, 59)), 1),
        (Times(datetime(2026, 3, 3)), 2),
        (Times(datetime(2026, 2, 1)), 0),
        # the platform's time is worth more than its word, and its word more than the file's time
        (Times(datetime(2026, 3, 3), is_late=False), 2),
        (Times(is_late=True), 1),
        (Times(is_late=False, modified=4e9), 0),
        (Times(datetime(2026, 2, 1), modified=4e9), 0),
        (Times(modified=DUE.timestamp() + 90_000), 2),
        # the student's own due date
        (Times(datetime(2026, 3, 3), extension=1), 1),
        (Times(is_late=True, extension=1), 0),
        (Times(modified=DUE.timestamp() + 90_000, extension=7), 0),
        # whatever a disk or a platform holds
        (Times(modified=-1e300), 0),
        (Times(modified=1e300), (datetime(9999, 1, 1) - DUE).days + 1),
    ],
)
def test_late_days_follow_the_platform_or_else_the_file(times, days):
    assert times.late_days(DUE) == days


def test_without_a_due_date_only_the_platform_knows():
    found = [Times(datetime(2026, 3, 3)), Times(modified=4e9), Times(is_late=True)]
    assert [times.late_days(None) for times in found] == [0, 0, 1]


def test_times_of_several_zones_are_compared():
    utc = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    zone = timezone(timedelta(hours=5))
    assert Times(utc).late_days(datetime(2026, 3, 2, 16, 59, tzinfo=zone)) == 1
    assert Times(utc).late_days(datetime(2026, 3, 2, 17, tzinfo=zone)) == 0
    # a platform's time without a zone is this machine's
    assert Times(datetime(2026, 3, 2, 12)).late_days(datetime(2026, 3, 2, 12).astimezone()) == 0


@pytest.fixture
def submission(tmp_path):
    """A function that makes a submission of a file with some text."""

    def make(student, text="", **known):
        path = tmp_path / f"{student}-{known.get('attempt', 1)}.py"
        path.write_text(text or student)
        return Submission(student, path, class_folder=tmp_path, **known)

    return make


@pytest.fixture
def graded(make_result):
    """A function that makes what grading a submission gives."""

    def make(submission, points=(2.0, 4.0), **known):
        result = make_result(submission.student, points=points)
        modified = submission.path.stat().st_mtime
        return Graded(submission, result, fingerprint=submission.fingerprint, modified=modified, **known)

    return make


def listing_of(*submissions, basis="basis", due=DUE, missing=()):
    return Listing(HandedIn("folder", list(submissions), missing=missing), basis, Rules(due))


def record(gradebook, listing, *all_graded):
    """Records these, as a run does that grades no others."""
    finished = gradebook.begin(listing)
    for one in all_graded:
        for done in listing.done(one):
            gradebook.record(done.result, done.print, done.entry)
    return finished


@pytest.fixture
def gradebook(tmp_path):
    with Gradebook(tmp_path / "out" / "gradebook.sqlite") as gradebook:
        gradebook.claim(find_assignment("03"))
        yield gradebook


def test_what_is_known_of_a_student_is_kept_apart(gradebook, submission, graded):
    one = submission("ada", person=ADA, submitted=datetime(2026, 3, 3, 12))
    record(gradebook, listing_of(one), graded(one))
    (ada,) = gradebook.results()
    assert (ada.student, ada.name, ada.id, ada.email, ada.group) == (
        *("ada", "Ada Lovelace", "17", "ada@example.org", "blue"),
    )
    assert (ada.file, ada.submitted, ada.late_days) == ("ada-1.py", "2026-03-03T12:00:00", 2)


def test_names_of_a_platform_are_text_that_can_be_stored(gradebook, submission, graded):
    one = submission("ada", person=Student("a\udcff\nb\x1b", "\ud800"))
    record(gradebook, listing_of(one), graded(one))
    (ada,) = gradebook.results()
    assert (ada.name, ada.id) == ("a⟨U+DCFF⟩␊b␛", "⟨U+D800⟩")


def test_a_groups_submission_is_graded_once_and_is_a_row_of_each(gradebook, submission, graded):
    late = Student("Cy", extension=3)
    team = submission("ada", person=ADA, others=(("bob", BOB), ("cy", late)), submitted=datetime(2026, 3, 3))
    listing = listing_of(team)
    assert listing.waiting(gradebook.begin(listing)) == [team]
    record(gradebook, listing, graded(team))
    gradebook.conclude(listing, RULES)
    rows = [(row.student, row.name, row.score, row.late_days) for row in gradebook.results()]
    assert rows == [("ada", "Ada Lovelace", 6.0, 2), ("bob", "Bob", 6.0, 2), ("cy", "Cy", 6.0, 0)]
    again = listing_of(team)
    assert again.waiting(gradebook.begin(again)) == []
    # a member who joins has the group's marks graded for them, and nobody else's row is harmed
    grown = submission("ada", person=ADA, others=(("bob", BOB), ("dan", Student("Dan"))))
    again = listing_of(grown)
    assert again.waiting(gradebook.begin(again)) == [grown]


@pytest.mark.parametrize(
    ("points", "kept"), [((1.0, 2.0, 0.0), 2), ((2.0, 1.0, 2.0), 3), ((1.0, 1.0, 0.0), 2), ((2.0, 0.0, 1.0), 1)]
)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_the_best_attempt_is_kept_the_last_of_those_in_time(gradebook, submission, graded, points, kept, order):
    attempts = [submission("ada", f"attempt {number}", attempt=number, attempts=3) for number in (1, 2, 3)]
    listing = listing_of(*attempts)
    done = [graded(one, (earned,)) for one, earned in zip(attempts, points, strict=True)]
    record(gradebook, listing, *(done[index] for index in order))
    (ada,) = gradebook.results()
    assert (ada.which_attempt, ada.score, ada.file) == (f"{kept} of 3", max(points), f"ada-{kept}.py")
    # unchanged, and listed again: the row stays that of the attempt
    again = listing_of(*attempts)
    assert gradebook.begin(again) == {"ada"} and not again.waiting({"ada"})
    assert list(gradebook.results()) == [ada]


@pytest.mark.parametrize(
    ("points", "days", "kept"),
    [
        ((2.0, 2.0, 2.0), (2, 3, 4), 1),
        ((2.0, 2.0, 2.0), (1, 1, 3), 2),  # both in time
        ((2.0, 2.0, 1.0), (3, 2, 1), 2),
        ((1.0, 1.0, 2.0), (1, 1, 9), 3),  # a better score is worth any lateness
    ],
)
def test_of_equal_attempts_the_least_late_is_kept(gradebook, submission, graded, points, days, kept):
    attempts = [
        submission("ada", f"{number}", attempt=number, attempts=3, submitted=datetime(2026, 3, day))
        for number, day in enumerate(days, 1)
    ]
    record(
        gradebook,
        listing_of(*attempts),
        *(graded(one, (earned,)) for one, earned in zip(attempts, points, strict=True)),
    )
    (ada,) = gradebook.results()
    assert (ada.which_attempt, ada.late_days) == (f"{kept} of 3", days[kept - 1] - 1)


def test_attempts_stay_together_when_a_run_is_stopped(gradebook, submission, graded):
    attempts = [submission("ada", f"attempt {number}", attempt=number, attempts=2) for number in (1, 2)]
    bob = submission("bob")
    listing = listing_of(*attempts, bob)
    record(gradebook, listing, graded(attempts[0]), graded(bob))
    assert [(row.student, row.status) for row in gradebook.results()] == [("ada", "waiting"), ("bob", "graded")]
    again = listing_of(*attempts, bob)
    finished = record(gradebook, again, *map(graded, attempts))
    assert again.waiting(finished) == attempts
    assert [row.status for row in gradebook.results()] == ["graded", "graded"]


def test_an_attempt_that_could_not_be_graded_is_graded_by_the_next_run(gradebook, submission, graded):
    attempts = [submission("ada", f"attempt {number}", attempt=number, attempts=2) for number in (1, 2)]
    listing = listing_of(*attempts)
    record(gradebook, listing, graded(attempts[0]), graded(attempts[1], final=False))
    assert listing_of(*attempts).waiting(gradebook.begin(listing_of(*attempts))) == attempts


def test_times_change_without_grading(gradebook, submission, graded):
    one = submission("ada")
    os.utime(one.path, (DUE.timestamp() + 10,) * 2)
    listing = listing_of(one)
    record(gradebook, listing, Graded(one, graded(one).result, fingerprint=one.fingerprint, modified=DUE.timestamp()))
    assert [row.late_days for row in gradebook.results()] == [0]
    # touched, then told by the platform, then given more days, then due on another day
    listed = [
        (listing_of(one), 1),
        (listing_of(submission("ada", submitted=datetime(2026, 3, 4))), 3),
        (listing_of(submission("ada", submitted=datetime(2026, 3, 4), person=Student("Ada", extension=2))), 1),
        (listing_of(submission("ada", submitted=datetime(2026, 3, 4)), due=datetime(2026, 3, 3)), 1),
        (listing_of(submission("ada", is_late=True)), 1),
    ]
    for listing, days in listed:
        os.utime(one.path, (DUE.timestamp() + 10,) * 2)
        assert gradebook.begin(listing) == {"ada"}
        assert [row.late_days for row in gradebook.results()] == [days]
        query = "SELECT late_days FROM submissions"
        assert gradebook._connection.execute(query).fetchall() == [(days,)]


def left_out(gradebook):
    return {row.student: row.left_out for row in gradebook.results()}


def test_who_is_no_longer_there_is_not_counted_until_they_are_back(gradebook, submission, graded):
    ada, bob = submission("ada"), submission("bob")
    record(gradebook, listing_of(ada, bob), graded(ada), graded(bob, (0.0, 0.0)))
    gradebook.conclude(listing_of(ada, bob), RULES)
    assert left_out(gradebook) == {"ada": "", "bob": ""}
    # also where the roster says that nothing was handed in
    for missing in ((), (("bob", BOB),)):
        gradebook.begin(listing_of(ada, missing=missing))
        gradebook.conclude(listing_of(ada, missing=missing), RULES)
        assert left_out(gradebook) == {"ada": "", "bob": "no longer in the folder"}
        summary = summarise(list(gradebook.results()))
        assert (summary.submissions, summary.mean) == (1, 100.0)
        assert summary.others == ("1 not counted, no longer in the folder: bob",)
    assert gradebook.begin(listing_of(ada, bob)) == {"ada", "bob"}
    assert left_out(gradebook) == {"ada": "", "bob": ""}


def test_rows_of_other_tests_and_of_other_files_are_not_counted_in_a_run_that_was_stopped(
    gradebook, submission, graded
):
    ada, bob, cy = submission("ada"), submission("bob"), submission("cy")
    record(gradebook, listing_of(ada, bob, cy), graded(ada), graded(bob), graded(cy))
    gradebook.conclude(listing_of(ada, bob, cy), RULES)
    # one handed in again, one is new
    bob.path.write_text("another answer")
    dan = submission("dan")
    assert gradebook.begin(listing_of(ada, bob, cy, dan)) == {"ada", "cy"}
    assert left_out(gradebook) == {
        "ada": "",
        "bob": "handed in again, and not graded again yet",
        "cy": "",
        "dan": "not graded yet, because the run has not finished",
    }
    # the tests have changed
    listing = listing_of(ada, bob, cy, basis="other tests")
    record(gradebook, listing, graded(cy))
    other = "graded by other tests or settings"
    assert left_out(gradebook) == {"ada": other, "bob": other, "cy": ""}
    record(gradebook, listing, graded(ada), graded(bob))
    gradebook.conclude(listing, RULES)
    assert set(left_out(gradebook).values()) == {""}


def test_a_resubmission_under_another_name_replaces_the_row(gradebook, submission, graded, tmp_path):
    first = submission("ada")
    record(gradebook, listing_of(first), graded(first, (0.0, 0.0)))
    (tmp_path / "ada final (1).py").write_text("again")
    second = Submission("ada", tmp_path / "ada final (1).py", class_folder=tmp_path)
    record(gradebook, listing_of(second), graded(second))
    assert [(row.student, row.score, row.file) for row in gradebook.results()] == [("ada", 6.0, "ada final (1).py")]


def test_who_handed_nothing_in_is_a_row_without_marks(gradebook, submission, graded):
    ada = submission("ada")
    listing = listing_of(ada, missing=(("bob", BOB),))
    record(gradebook, listing, graded(ada))
    gradebook.conclude(listing, RULES)
    _, bob = gradebook.results()
    assert (bob.student, bob.status, bob.id, bob.questions, bob.left_out) == ("bob", "missing", "18", (), "")
    summary = summarise(list(gradebook.results()))
    assert (summary.submissions, summary.attention, summary.mean) == (1, 0, 100.0)
    assert summary.others == ("1 handed nothing in: Bob",)


@pytest.mark.parametrize("other", [{"seed": 7}, {"device": "gpu:0"}, {"sandbox": "none"}])
def test_the_basis_is_of_the_assignment_and_the_settings(other):
    settings = {"assignment": find_assignment("03"), "seed": None, "device": "cpu", "sandbox": "auto"}
    assert basis_of(**settings) == basis_of(**settings) != basis_of(**settings | other)
