"""Files that are downloaded when they are first asked for: checked, resumed, and kept for all processes of a user."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tfkit._progress import ProgressLine

CONNECTING = 10.0  # seconds until a server that does not answer is given up
SILENCE = 30.0  # seconds until a server that sends nothing more is given up
TRIES = 5  # how often what is missing is asked for again, as long as something came
NEWS = 60.0  # seconds between lines where no terminal shows how far the download is
_CHUNK = 4096  # bytes; what came of one that is interrupted is lost


@dataclass(frozen=True)
class Remote:
    """A file on a server: its name here, its address, about how many bytes, and what `digest` has to give for it."""

    name: str
    file: str
    url: str
    size: int
    sha256: str
    digest: Callable[[bytes], str]

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or self.url

    def is_whole(self, content: bytes) -> bool:
        """Whether this is the file, to the last byte."""
        return self.digest(content) == self.sha256


class _Unavailable(Exception):
    """What came instead of the file, and what to do."""

    def __init__(self, received: str, advice: str) -> None:
        super().__init__(received)
        self.received, self.advice = received, advice


class _Interrupted(_Unavailable):
    """The same, where asking once more may help."""


def cache_folder() -> Path:
    """Where downloads are kept: `$TFKIT_DATA`, or `tfkit` in the user's cache folder."""
    named = os.environ.get("TFKIT_DATA")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(base) / "tfkit"


def fetched(remote: Remote) -> bytes:
    """Return the file, from the cache if it is there and whole, else from its server."""
    path = cache_folder() / remote.file
    content = _kept(path, remote)
    if content is not None:
        return content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path, remote):
            content = _kept(path, remote)  # another process was quicker
            return _downloaded(path, remote) if content is None else content
    except _Unavailable as error:
        received, advice = error.received, error.advice
    except OSError as error:
        received = f"nothing, because the folder cannot be written ({error.strerror or error})"
        advice = "set the environment variable TFKIT_DATA to a folder that can be written"
    another = "a file with other content, and " if path.is_file() else ""
    raise FileNotFoundError(
        f"expected the data set {remote.name!r} in {path}, received {another}{received}; {advice}, "
        f"or download {remote.url} yourself and save it as {path}"
    ) from None


def _kept(path: Path, remote: Remote) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if remote.is_whole(content) else None


@contextlib.contextmanager
def _alone(path: Path, remote: Remote) -> Iterator[None]:
    """Wait until no other process downloads the file; the system unlocks it for a process that was killed."""
    from filelock import FileLock, Timeout

    lock, patience = FileLock(f"{path}.lock"), 0.5
    while not lock.is_locked:
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            _say(f"{remote.name}: another process downloads it; waiting")
            patience = NEWS
    try:
        yield
    finally:
        lock.release()


def _downloaded(path: Path, remote: Remote) -> bytes:
    """Fetch the file into `….part`, going on with what is there, and give it its name when it is whole."""
    part = path.with_name(path.name + ".part")
    resumed = part.is_file()
    last = _Unavailable("nothing", "call again")
    progress = _Progress(remote)
    try:
        for _ in range(TRIES):
            had = _size(part)
            try:
                _go_on(remote, part, progress)
            except _Interrupted as error:
                if _size(part) <= had:
                    raise
                resumed, last = True, error
                continue
            content = part.read_bytes()
            if remote.is_whole(content):
                part.replace(path)
                return content
            part.unlink()
            if not resumed:
                raise _Unavailable(
                    f"a file of {len(content):,} bytes with other content from {remote.host}",
                    "try another network, since something on the way may have changed it",
                )
            resumed = False  # the first bytes may have been those of another file
    finally:
        progress.close()
    raise last


def _go_on(remote: Remote, part: Path, progress: _Progress) -> None:
    """Ask for what is missing and add it to `part`."""
    import requests  # here and not above: who has the file need not wait for it

    had = _size(part)
    if had and remote.is_whole(part.read_bytes()):
        return  # a process was killed between the last byte and the new name
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={had}-"} if had else {})
    connected, most = False, 2 * remote.size
    try:
        with requests.get(remote.url, headers=headers, stream=True, timeout=(CONNECTING, SILENCE)) as answer:
            connected = True
            goes_on = answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {had}-")
            if had and not goes_on and answer.status_code in (206, 416):
                part.unlink()  # it is longer than the file, or the server sends another piece: from the start
                return _go_on(remote, part, progress)
            if answer.status_code not in (200, 206):
                what = f"{answer.status_code} {answer.reason}".strip()
                raise _Unavailable(f"an error from {remote.host} ({what})", "call again later")
            if "html" in answer.headers.get("Content-Type", ""):
                raise _Unavailable(f"a web page from {remote.host}", "see in a browser if this network wants a login")
            with part.open("ab" if goes_on else "wb") as file:
                for chunk in answer.iter_content(_CHUNK):
                    file.write(chunk)
                    progress.show(file.tell())
                    if file.tell() > most:
                        break
            if _size(part) > most:
                part.unlink()
                raise _Unavailable(f"more than {most:,} bytes from {remote.host}", "call again later")
    except requests.RequestException as error:
        why = _cause(error)
        if connected:
            received = f"{_amount(_size(part), remote.size)} from {remote.host}, then {why}"
            raise _Interrupted(received, "call again to go on from there") from None
        raise _Interrupted(f"no answer from {remote.host} ({why})", "call again where there is a network") from None


def _cause(error: Exception) -> str:
    """Why a connection failed, in the system's words if it has some."""
    import requests

    deepest: BaseException = error
    while deepest.__cause__ or deepest.__context__:
        deepest = deepest.__cause__ or deepest.__context__ or deepest
    if isinstance(error, requests.Timeout) or isinstance(deepest, TimeoutError):
        return f"nothing for {CONNECTING if isinstance(error, requests.ConnectTimeout) else SILENCE:g} s"
    return getattr(deepest, "strerror", None) or "the connection broke off"


def _size(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _amount(done: int, size: int) -> str:
    """How much of about `size` bytes there is, such as "3.2 of 11.5 MB"."""
    unit, name = (1e6, "MB") if size >= 1e6 else (1e3, "kB")
    return f"{done / unit:.1f} of {size / unit:.1f} {name}"


def _say(words: str) -> None:
    print(f"tfkit: {words}", file=sys.stderr, flush=True)


class _Progress:
    """Says how far a download is: all the time on a terminal, else now and then."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._line = ProgressLine(sys.stderr) if sys.stderr.isatty() else None
        self._next = time.monotonic() + (0 if self._line else NEWS)
        _say(f"downloading {remote.name} ({_amount(0, remote.size).split(' of ')[1]}) from {remote.host}")

    def show(self, done: int) -> None:
        """Show that `done` bytes are there."""
        now = time.monotonic()
        if now < self._next:
            return
        words = f"{self._remote.name}: {_amount(done, self._remote.size)}"
        if self._line:
            self._line.write(words)
            self._next = now + 0.1
        else:
            _say(words)
            self._next = now + NEWS

    def close(self) -> None:
        """End the line, if there is one."""
        if self._line:
            self._line.close()
