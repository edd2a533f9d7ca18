"""Archives that students hand in: the one text file that is wanted is taken out, and nothing is written to disk.

The grader never parses an archive. A process of the sandbox opens it (`isolation/inside/unpacking.py`) and answers with
names, then with the bytes of one file. The grader believes these answers no more than those of a submission, and
decides here what a student may hand in.

Only one file is read, so a name like `../../.bashrc` can do no harm, and is refused all the same: whoever sends one has
something in mind. Links are refused wherever they lead: nobody needs one to hand in a file.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from autograder.handin.errors import Unreadable
from autograder.handin.names import MAX_ENTRIES, SCRIPT, chosen, is_archive, is_rubbish, source_ending, stem_of
from autograder.handin.recognition import document_of, is_container, refuse_other
from autograder.handin.sources import MAX_BYTES
from autograder.handin.untouched import mark_of
from autograder.isolation.host.clock import Clock
from autograder.isolation.host.errors import ProcessEnded
from autograder.isolation.host.process import StudentProcess
from autograder.isolation.host.starting import Spawner, settings_of_its_own, start_process
from autograder.isolation.settings import AUTO, Limits, SandboxPolicy, Settings
from autograder.text import one_line, shortened

# nothing is computed there
_FRAMEWORK = "numpy"
# the pictures of a notebook shrink by a quarter; a data set does not belong into a submission
MAX_ARCHIVE = 40 * 2**20
MAX_UNPACKED = 80 * 2**20
# what a process of the sandbox hands over at a time
_PIECE = 4 * 2**20
# text shrinks to a tenth, a bomb to a thousandth; small files may do as they like
MAX_RATIO = 100
FREE_OF_RATIO = 2**20
MAX_DEPTH = 10
MAX_NAME = 300
# bzip2, the slowest of the decoders, takes a second for what is allowed; the strongest setting of xz asks for 65 MB
_LIMITS = Limits(seconds_per_question=20.0, seconds_per_submission=20.0, memory_mb=400, scratch_mb=1)
_ENDS = {
    "timeout": "it takes too long to unpack; make a plain .zip",
    "memory": "it takes too much memory to unpack; make a plain .zip",
}


@dataclass(frozen=True)
class Unpacker:
    """Takes files out of archives, each in a process of its own."""

    spawner: Spawner
    user: int | None = None
    policy: SandboxPolicy = AUTO
    limits: Limits = _LIMITS

    def __call__(self, name: str, data: bytes, wanted: str, starter: str = "") -> tuple[str, bytes]:
        """The name and the content of the file that is wanted, which may be in an archive in the archive.

        A script with the mark `starter` (`mark_of`) counts beside no notebook.
        """
        inner, content = self._taken_out(name, data, wanted, starter)
        if not is_container(content):
            return inner, content
        try:
            inner, content = self._taken_out(inner, content, wanted, starter)
            if is_container(content):
                raise Unreadable(_another(inner))
        except Unreadable as error:
            raise Unreadable(f"{name}: {error}") from None
        return inner, content

    def _taken_out(self, name: str, data: bytes, wanted: str, starter: str) -> tuple[str, bytes]:
        refuse_other(name, data)
        try:
            return self._unpacked(name, data, wanted, starter)
        except ProcessEnded as end:
            reason = _ENDS.get(end.fact.status, "it cannot be unpacked; make a plain .zip")
        except Unreadable as error:
            reason = str(error)
        raise Unreadable(f"{name}: {reason}")

    def _unpacked(self, name: str, data: bytes, wanted: str, starter: str) -> tuple[str, bytes]:
        if len(data) > MAX_ARCHIVE:
            raise too_large()
        process = start_process(self.spawner, self._settings)
        try:
            waiting = Clock(self.limits.seconds_per_submission)
            bounds = {"most_entries": MAX_ENTRIES, "most_bytes": MAX_UNPACKED}
            alone = stem_of(name)
            answer = process.request("unpack", waiting, name=alone, data=np.frombuffer(data, np.uint8), **bounds)
            files = _candidates(answer.get("value"), len(data))
            inner = chosen(list(files), wanted, "archive")
            content = _content(process, files[inner], waiting)
            notebook = _notebook(files, wanted) if starter and mark_of(content) == starter else ""
            if notebook:
                inner, content = notebook, _content(process, files[notebook], waiting)
        finally:
            process.close()
        if len(content) > MAX_BYTES:
            raise Unreadable(f"{_quoted(inner)} is larger than {MAX_BYTES // 2**20} MB; clear its outputs")
        return PurePosixPath(inner).name, content

    def _settings(self) -> Settings:
        return settings_of_its_own(self.user, limits=self.limits, layers=self.policy.layers, hidden=self.policy.hidden)


@contextmanager
def unpacking(names: Iterable[str]) -> Iterator[Unpacker | None]:
    """What takes files out of archives, while the block runs; None where none of these files is one."""
    if not any(map(is_archive, names)):
        yield None
        return
    # whoever only checks a file waits for none of it
    from autograder.isolation.host.choice import attach, new_template, spawner_of
    from autograder.isolation.host.users import student_user

    with ExitStack() as stack:
        template = new_template(_FRAMEWORK)
        stack.callback(template.close)
        line = attach(template)
        if line.connection is not None:
            stack.callback(line.connection.close)
        yield Unpacker(spawner_of(line, _FRAMEWORK), student_user(0))


def too_large() -> Unreadable:
    """What is said of an archive that is not opened."""
    return Unreadable(f"expected an archive of at most {MAX_ARCHIVE // 2**20} MB; hand in what was asked for alone")


def _notebook(files: dict[str, int], wanted: str) -> str:
    """The notebook that would count if there were no script, or ""."""
    notebooks = [name for name in files if source_ending(name) not in ("", SCRIPT)]
    try:
        return chosen(notebooks, wanted, "archive") if notebooks else ""
    except Unreadable:
        return ""


def _content(process: StudentProcess, number: int, waiting: Clock) -> bytes:
    """The bytes of a file, taken over piece by piece; those of one that is too large, up to there."""
    content = io.BytesIO()
    while content.tell() <= MAX_BYTES:
        piece = process.request("member", waiting, number=number, most=_PIECE).get("value")
        if type(piece) is not np.ndarray or piece.dtype != np.uint8:
            raise _broken(piece)
        if not piece.size:
            break
        content.write(piece.tobytes())
    # without a copy
    return content.getvalue()


def _candidates(listing: Any, packed: int) -> dict[str, int]:
    """The files of an archive that may be meant, each with its number; refuses what no student should hand in."""
    if type(listing) is not dict or not _is_listing(listing.get("entries"), listing.get("unpacked")):
        raise _broken(listing.get("broken") if type(listing) is dict else None)
    entries, unpacked = listing["entries"], listing["unpacked"]
    if len(entries) > MAX_ENTRIES:
        raise Unreadable(f"expected at most {MAX_ENTRIES} files in the archive; hand in what was asked for alone")
    if unpacked > MAX_UNPACKED or (unpacked > FREE_OF_RATIO and unpacked > MAX_RATIO * packed):
        most = f"{MAX_UNPACKED // 2**20} MB, or to more than {MAX_RATIO} times its size"
        raise Unreadable(f"the archive unpacks to more than {most}")
    files = [(_inside(name), kind, number) for number, (name, kind) in enumerate(entries)]
    files = [(path, kind, number) for path, kind, number in files if kind != "folder" and not is_rubbish(path)]
    for path, kind, _ in files:
        if kind == "encrypted":
            raise Unreadable("the archive is encrypted; make it without a password")
        if kind not in ("file", "alone"):
            raise Unreadable(
                f"the archive holds {_quoted(path)}, which is a link, a device or a sparse file; put the file itself in"
            )
    wanted = {path: number for path, kind, number in files if source_ending(path) or kind == "alone"}
    if not wanted:
        document = document_of(path for path, _, _ in files)
        if document:
            raise Unreadable(f"it {document}")
        wanted = {path: number for path, _, number in files if stem_of(path) != path}
        if len(wanted) > 1 or not all(map(is_archive, wanted)):
            raise Unreadable(_another(next(iter(wanted))))
    if not wanted:
        raise Unreadable("expected a .py or .ipynb in the archive, found none")
    counts = Counter(_folded(path) for path, _, _ in files)
    twice = [path for path in wanted if counts[_folded(path)] > 1]
    if twice:
        raise Unreadable(f"the archive holds {_quoted(twice[0])} more than once; make it again")
    return wanted


def _is_listing(entries: Any, unpacked: Any) -> bool:
    """Whether an answer is what `isolation/inside/unpacking.py` says."""
    return (
        type(unpacked) is int
        and type(entries) is list
        and all(type(entry) is tuple and [*map(type, entry)] == [str, str] for entry in entries)
    )


def _inside(name: str) -> str:
    """A path inside the archive with `/` between its parts; "" for the archive's own root."""
    path = name.replace("\\", "/")
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or re.match("[A-Za-z]:", path):
        raise Unreadable(f"the archive names a file outside itself ({_quoted(path)}); make it again")
    inside = "/".join(parts)
    if not is_rubbish(inside) and (len(inside) > MAX_NAME or len(parts) > MAX_DEPTH):
        raise Unreadable(f"expected names of at most {MAX_NAME} letters, at most {MAX_DEPTH} folders deep")
    return one_line(inside)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _quoted(name: str) -> str:
    return shortened(one_line(name), 80)


def _another(path: str) -> str:
    return f"it holds another archive, {_quoted(path)}; unpack it and hand in the file itself"


def _broken(reason: Any) -> Unreadable:
    shown = shortened(one_line(reason), 80) if type(reason) is str else "it cannot be read"
    return Unreadable(f"the archive is broken ({shown}); make it again")
