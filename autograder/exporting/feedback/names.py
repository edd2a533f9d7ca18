"""Where in the archive a student's page lies, so that a platform gives it to that student.

Reference: Moodle reads `Full Name_123_assignsubmission_file_/` in `mod/assign/feedback/file/importziplib.php`
(github.com/moodle/moodle); 123 is its number of the participant, and a name may hold no underscore. Canvas reads
`name_USER_FILE_anything` in `Assignment#infer_comment_context_from_filename` (github.com/instructure/canvas-lms): the
first two numbers are the student's and the file's that was handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from autograder.facts.result import Result
from autograder.handin.layouts import canvas, moodle
from autograder.records.names import file_names

PAGE = "feedback.html"


def moodle_name(result: Result) -> str:
    """Inside Moodle's `Upload multiple feedback files in a zip`; "" where the participant's number is not known.

    Example:

    >>> file = "Jane Doe_1234567_assignsubmission_file_/net.py"
    >>> moodle_name(Result("Jane Doe", "03_numpy_net", "graded", id="1234567", file=file))
    'Jane Doe_1234567_assignsubmission_file_/feedback.html'
    """
    # a roster may know the student by another number: Moodle's own stands in the name of the download
    name = PurePosixPath(result.file).parts[0] if result.file else ""
    match = moodle.NAME.fullmatch(name)
    if match is None or not match["id"] or match["id"] != result.id:
        return ""
    return moodle_folder(match["name"], match["id"])


def moodle_folder(name: str, participant: str) -> str:
    """The path of a page for a participant.

    Example:

    >>> moodle_folder("Jane_X/Doe", "12")
    'Jane X Doe_12_assignsubmission_file_/feedback.html'
    """
    plain = " ".join(re.sub(r"[\\/:*?\"<>|_\x00-\x1f]", " ", name).split()).lstrip(".~ ") or "Participant"
    return f"{plain}_{participant}_assignsubmission_file_/{PAGE}"


def canvas_name(result: Result) -> str:
    """Inside Canvas's `Upload Submissions`; "" where the file is none of Canvas's download.

    Example:

    >>> canvas_name(Result("doejane", "03", "graded", id="12", file="doejane_LATE_12_345_net.py"))
    'doejane_LATE_12_345_feedback.html'
    """
    name = PurePosixPath(result.file).name if result.file else ""
    match = canvas.NAME.fullmatch(name)
    if match is None or not match["file"] or match["user"] != result.id:
        return ""
    begin = name[: match.start("file") + len(match["file"])]
    return f"{begin}_{PAGE}"


def plain_names(results: Sequence[Result]) -> Callable[[Result], str]:
    """A file for each row, called like it."""
    names = file_names(result.student for result in results)
    return lambda result: f"{names[result.student]}.html"
