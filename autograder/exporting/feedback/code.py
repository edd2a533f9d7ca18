"""The code that was graded, from the folder of submissions, where it is still what was graded."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import Path

from autograder.errors import UsageError
from autograder.facts.result import Result
from autograder.fingerprint import fingerprint
from autograder.handin.sources import Source
from autograder.handin.submissions import Submission, find_submissions
from autograder.handin.unpacking import Unpacker
from autograder.handin.untouched import starter_mark
from autograder.text import one_line


class GradedCode:
    """What students handed in, as it was graded.

    Args:
        folder: The folder of submissions.
        prints: By row, the hash of what was graded, and of what it was graded with: as `Gradebook.prints` gives them.
        wanted: The file name that the assignment asks for.
        unpack: Takes files out of archives; None where no submission is one.
        starter: The script that students were given, by which the file was chosen.
    """

    def __init__(
        self,
        folder: Path,
        prints: dict[str, tuple[str, str]],
        wanted: str,
        unpack: Unpacker | None = None,
        starter: Path | None = None,
    ) -> None:
        self._folder = folder
        self._prints = prints
        self._wanted = wanted
        self._unpack = unpack
        self._starter = starter

    def of(self, result: Result) -> tuple[Source | None, str]:
        """The text of a submission; or None, and why it is not shown."""
        if not result.file:
            return None, "no file of theirs was graded"
        submission = self._submission(result)
        if submission is None:
            return None, f"the file is no longer in {self._folder}"
        reading = submission.read(self._unpack)
        stored, basis = self._prints.get(result.student, ("", ""))
        if not stored:
            return None, "the gradebook does not say which file was graded"
        if fingerprint(basis, reading.fingerprint) != stored and not self._is_one_of_several(result, basis, stored):
            return None, "the file has changed since it was graded"
        if reading.text is None:
            return None, reading.reason
        return reading.text, ""

    def _submission(self, result: Result) -> Submission | None:
        """The file that was graded, by the path that the gradebook keeps: with odd characters made visible."""
        path = self._folder / result.file
        attempts = self._attempts.get(result.file, []) if result.status == "unreadable" or not path.is_file() else []
        found = next((one for one in attempts if _kept(one) == result.file), None)
        if found is None and (path.is_symlink() or path.is_file()):
            return Submission(
                result.student,
                path,
                wanted=self._wanted,
                class_folder=self._folder,
                starter=starter_mark(self._starter),
            )
        return found

    def _is_one_of_several(self, result: Result, basis: str, stored: str) -> bool:
        """Whether all attempts together are what was graded: then the best was kept."""
        attempts = self._attempts.get(result.file, [])
        return len(attempts) > 1 and fingerprint(basis, *(one.fingerprint for one in attempts)) == stored

    @cached_property
    def _attempts(self) -> dict[str, list[Submission]]:
        """All attempts of the student whose file it is, by file."""
        try:
            handed_in = find_submissions(self._folder, self._wanted, attempt="best", starter=self._starter)
        except UsageError:
            return {}
        by_student: dict[str, list[Submission]] = defaultdict(list)
        for one in handed_in.submissions:
            by_student[one.student].append(one)
        return {_kept(one): attempts for attempts in by_student.values() for one in attempts}


def _kept(submission: Submission) -> str:
    """The path of a file as the gradebook keeps it."""
    return one_line(submission.path.relative_to(submission.folder).as_posix())
