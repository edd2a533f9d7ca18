"""Downloads from a server that is slow, stalls, cuts off, sends something else or nothing: each told in one line."""

import hashlib
import importlib.util
import io
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.tfkit.server import serving
from tfkit import load_indian_liver, load_mnist
from tfkit.data import _download, datasets

CONTENT = np.random.default_rng(0).bytes(262_144)
ROOT = Path(__file__).parents[2]


def digest(content):
    return hashlib.sha256(content).hexdigest()


def remote(url, content=CONTENT):
    return _download.Remote("numbers", "numbers.bin", url, len(content), digest(content), digest)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """The folder in which files are kept, and short waits."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TFKIT_DATA", str(folder))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(_download, "SILENCE", 0.4)
    return folder


def names(cache):
    """What lies in the cache, without the file that is locked."""
    return {path.name for path in cache.iterdir() if path.suffix != ".lock"} if cache.is_dir() else set()


@pytest.mark.parametrize(
    ("ways", "ranges"),
    [
        (["whole"], [None]),
        (["slow"], [None]),
        (["without_length"], [None]),
        (["moved", "whole"], [None, None]),
        (["half", "whole"], [None, "bytes=131072-"]),
        (["half", "half", "half", "whole"], [None, "bytes=131072-", "bytes=196608-", "bytes=229376-"]),
        (["stalls", "whole"], [None, "bytes=131072-"]),
        (["half", "knows_no_range"], [None, "bytes=131072-"]),
        (["half", "another_range", "whole"], [None, "bytes=131072-", None]),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_what_comes_in_the_end(cache, ways, ranges):
    with serving(CONTENT, *ways) as server:
        assert _download.fetched(remote(server.url)) == CONTENT
        assert server.ranges == ranges
    assert names(cache) == {"numbers.bin"} and (cache / "numbers.bin").read_bytes() == CONTENT
    # from now on without a server
    assert _download.fetched(remote(server.url)) == CONTENT


@pytest.mark.parametrize(
    ("ways", "received", "left"),
    [
        (["half", "hangs_up"], r"no answer from 127\.0\.0\.1 \(the connection broke off\)", 131_072),
        (["half"], r"254\.0 of 262\.1 kB from 127\.0\.0\.1, then the connection broke off", 253_952),
        (["half_and_knows_no_range"], r"131\.1 of 262\.1 kB from 127\.0\.0\.1, then the connection broke off", 131_072),
        (["stalls", "silent"], r"no answer from 127\.0\.0\.1 \(nothing for 0\.4 s\)", 131_072),
        (["silent"], r"no answer from 127\.0\.0\.1 \(nothing for 0\.4 s\)", None),
        (["hangs_up"], r"no answer from 127\.0\.0\.1 \(the connection broke off\)", None),
        (["not_found"], r"an error from 127\.0\.0\.1 \(404 Not Found\)", None),
        (["busy"], r"an error from 127\.0\.0\.1 \(503 Service Unavailable\)", None),
        (["half", "not_found"], r"an error from 127\.0\.0\.1 \(404 Not Found\)", 131_072),
        (["login_page"], r"a web page from 127\.0\.0\.1", None),
        (["half", "login_page"], r"a web page from 127\.0\.0\.1", 131_072),
        (["another_file"], r"a file of 262,144 bytes with other content from 127\.0\.0\.1", None),
        (["half", "another_file"], r"a file of 262,144 bytes with other content from 127\.0\.0\.1", None),
        (["half_without_length"], r"a file of 131,072 bytes with other content from 127\.0\.0\.1", None),
        (["endless"], r"more than 524,288 bytes from 127\.0\.0\.1", None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_does_not_come_is_told_in_one_line(cache, ways, received, left):
    with serving(CONTENT, *ways) as server, pytest.raises(FileNotFoundError) as caught:
        _download.fetched(remote(server.url))
    path = re.escape(str(cache / "numbers.bin"))
    assert re.fullmatch(
        rf"expected the data set 'numbers' in {path}, received {received}; [\w ,]+, or download {server.url} yourself "
        rf"and save it as {path}",
        str(caught.value),
    )
    # what lies there is never taken for the file
    assert names(cache) == (set() if left is None else {"numbers.bin.part"})
    assert left is None or (cache / "numbers.bin.part").stat().st_size == left


def test_without_a_network(cache):
    with serving(CONTENT, "whole") as server:
        pass
    start = time.monotonic()
    with pytest.raises(FileNotFoundError, match=r"no answer from 127.0.0.1 \(Connection refused\); call again where"):
        _download.fetched(remote(server.url))
    with pytest.raises(FileNotFoundError, match=r"no answer from nowhere.invalid \(.+\); call again where"):
        _download.fetched(remote("http://nowhere.invalid/file.bin"))
    assert time.monotonic() - start < 8
    assert names(cache) == set()


@pytest.mark.parametrize(
    ("left", "ways", "ranges"),
    [
        (CONTENT[:1000], ["whole"], ["bytes=1000-"]),
        (CONTENT, ["not_found"], []),  # killed before it got its name: nobody is asked
        (CONTENT + b"more", ["whole"], ["bytes=262148-", None]),  # nothing is left to send: from the start
        (b"x" * 1000, ["whole"], ["bytes=1000-", None]),  # the first bytes of another file
        (b"x" * 1000, ["knows_no_range"], ["bytes=1000-"]),
        (b"", ["whole"], [None]),
    ],
    ids=["piece", "whole", "longer", "other", "other, no range", "empty"],
)
def test_it_goes_on_with_what_is_there(cache, left, ways, ranges):
    cache.mkdir()
    (cache / "numbers.bin.part").write_bytes(left)
    with serving(CONTENT, *ways) as server:
        assert _download.fetched(remote(server.url)) == CONTENT
        assert server.ranges == ranges
    assert names(cache) == {"numbers.bin"}


def test_a_damaged_file_is_downloaded_again(cache):
    cache.mkdir()
    path = cache / "numbers.bin"
    path.write_bytes(CONTENT[:-1] + b"?")
    with serving(CONTENT, "not_found", "whole") as server:
        with pytest.raises(FileNotFoundError, match=r"received a file with other content, and an error from .+ \(404"):
            _download.fetched(remote(server.url))
        assert _download.fetched(remote(server.url)) == CONTENT
    assert path.read_bytes() == CONTENT


def test_a_file_that_was_put_there_by_hand_is_enough_even_where_nothing_can_be_written(cache):
    cache.mkdir()
    (cache / "numbers.bin").write_bytes(CONTENT)
    cache.chmod(0o555)
    try:
        assert _download.fetched(remote("http://nowhere.invalid/file.bin")) == CONTENT
    finally:
        cache.chmod(0o755)
    assert [path.name for path in cache.iterdir()] == ["numbers.bin"]


def test_a_folder_that_cannot_be_written_is_named(cache, monkeypatch):
    cache.write_text("a file where a folder should be")
    with pytest.raises(
        FileNotFoundError, match=r"received nothing, because the folder cannot be written \(.+\); set .* TFKIT_DATA"
    ):
        _download.fetched(remote("http://nowhere.invalid/file.bin"))
    monkeypatch.setenv("TFKIT_DATA", "/proc/tfkit")
    with pytest.raises(FileNotFoundError, match="the folder cannot be written"):
        _download.fetched(remote("http://nowhere.invalid/file.bin"))


PROCESS = """
import hashlib, sys
from tfkit import load_indian_liver, load_mnist
from tfkit.data import _download, datasets
digest = lambda content: hashlib.sha256(content).hexdigest()
url, size, expected = sys.argv[1:]
_download.NEWS = 0.2
content = _download.fetched(_download.Remote("numbers", "numbers.bin", url, int(size), expected, digest))
print(digest(content) == expected)
"""


def process(server, **settings):
    """Another process that wants the file."""
    command = [sys.executable, "-c", PROCESS, server.url, str(len(CONTENT)), digest(CONTENT)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=-1, stderr=-1, text=True, env=environment, **settings)


def test_of_processes_at_once_one_downloads_and_all_have_it(cache):
    with serving(CONTENT, "slow") as server:
        processes = [process(server) for _ in range(3)]
        said = [one.communicate(timeout=60) for one in processes]
        assert [printed for printed, _ in said] == ["True\n"] * 3, said
        assert server.ranges == [None]
    words = "".join(errors for _, errors in said)
    assert words.count("tfkit: downloading numbers (262.1 kB) from 127.0.0.1\n") == 1
    assert "tfkit: numbers: another process downloads it; waiting\n" in words
    assert re.search(r"tfkit: numbers: \d+\.\d of 262\.1 kB\n", words)
    assert names(cache) == {"numbers.bin"}


def test_a_killed_process_leaves_what_the_next_one_goes_on_with(cache):
    part = cache / "numbers.bin.part"
    with serving(CONTENT, "stalls", "whole") as server:
        killed = process(server)
        for _ in range(600):
            if part.is_file() and part.stat().st_size > 100_000:
                break
            time.sleep(0.05)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert names(cache) == {"numbers.bin.part"}
        had = part.stat().st_size
        assert _download.fetched(remote(server.url)) == CONTENT
        assert server.ranges == [None, f"bytes={had}-"]
    assert names(cache) == {"numbers.bin"}


def test_a_full_disk_is_told_in_one_line(cache):
    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    with serving(CONTENT, "whole") as server:
        _, errors = process(server, preexec_fn=small_files).communicate(timeout=60)
    assert errors.splitlines()[-1].startswith(
        f"FileNotFoundError: expected the data set 'numbers' in {cache / 'numbers.bin'}, received nothing, because the "
        "folder cannot be written (File too large); set the environment variable TFKIT_DATA"
    )
    assert names(cache) <= {"numbers.bin.part"}


def test_a_terminal_shows_a_line_that_changes(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with serving(CONTENT, "slow") as server:
        _download.fetched(remote(server.url))
    said = terminal.getvalue()
    assert said.startswith("tfkit: downloading numbers (262.1 kB) from 127.0.0.1\n\rnumbers: ")
    assert said.count("\r") > 3 and said.count("\n") == 2 and said.endswith("\n")


def test_without_a_terminal_a_quick_download_is_one_line(capsys):
    with serving(CONTENT, "whole") as server:
        _download.fetched(remote(server.url))
    assert capsys.readouterr() == ("", "tfkit: downloading numbers (262.1 kB) from 127.0.0.1\n")


def test_where_files_are_kept(monkeypatch):
    monkeypatch.delenv("TFKIT_DATA")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert _download.cache_folder() == Path("/x/tfkit")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/ada")
    assert _download.cache_folder() == Path("/home/ada/.cache/tfkit")
    monkeypatch.setenv("TFKIT_DATA", "/data")
    assert _download.cache_folder() == Path("/data")


LIVER = """65,Female,0.7,0.1,187,16,18,6.8,3.3,0.9,1
45,Female,0.9,0.3,189,23,33,6.5,3.9,,1
62,Male,10.9,5.5,699,64,100,7.5,3.2,0.74,2
"""
NAMES = "Age,Gender,TB,DB,Alkphos,Sgpt,Sgot,TP,ALB,A/G Ratio,Selector\n"


def indexed(monkeypatch, name, **changes):
    """An index in which a data set has another address and checksum."""
    entry = datasets._index()[name] | changes
    monkeypatch.setattr(datasets, "_index", lambda: {name: entry})


@pytest.mark.parametrize(
    "text",
    [LIVER, LIVER.replace("\n", "\r\n"), NAMES + LIVER, (NAMES + LIVER).replace("\n", "\r\n"), LIVER.rstrip()],
    ids=["as it was", "Windows", "names", "names, Windows", "no last line end"],
)
def test_liver_patients_are_recognized_by_their_rows(monkeypatch, text):
    with serving(text.encode(), "whole") as server:
        indexed(monkeypatch, "indian_liver", url=server.url, sha256=digest(LIVER.encode()))
        liver = load_indian_liver()
    assert liver.target_names == ("patient", "no_patient")
    np.testing.assert_array_equal(liver.Y, [[1, 0], [1, 0], [0, 1]])
    np.testing.assert_array_equal(liver.X[:, :3], [[65, 1, 0.7], [45, 1, 0.9], [62, 0, 10.9]])
    # the ratio that is missing is that of albumin to the other proteins
    np.testing.assert_allclose(liver.X[:, 9], [0.9, 3.9 / 2.6, 0.74])
    assert liver.frame["diagnosis"].tolist() == ["patient", "patient", "no_patient"]


def test_other_liver_patients_are_refused(monkeypatch, cache):
    with serving(LIVER.replace("65,Female", "65,Male").encode(), "whole") as server:
        indexed(monkeypatch, "indian_liver", url=server.url, sha256=digest(LIVER.encode()))
        with pytest.raises(FileNotFoundError, match=r"expected the data set 'indian_liver' in .* with other content"):
            load_indian_liver()
    assert names(cache) == set()


def test_mnist_is_put_together_from_its_two_parts(monkeypatch):
    arrays = io.BytesIO()
    images = np.arange(5 * 28 * 28, dtype=np.uint8).reshape(5, 28, 28)
    labels = {"y_train": np.array([3, 0, 9], np.uint8), "y_test": np.array([1, 3], np.uint8)}
    np.savez(arrays, x_train=images[:3], x_test=images[3:], **labels)
    with serving(arrays.getvalue(), "whole") as server:
        indexed(monkeypatch, "mnist", url=server.url, sha256=digest(arrays.getvalue()))
        mnist = load_mnist()
    np.testing.assert_array_equal(mnist.X, images.reshape(5, 784))
    assert mnist.X.dtype == np.float32 and mnist.Y.argmax(axis=1).tolist() == [3, 0, 9, 1, 3]


def test_a_file_that_lies_with_the_others_is_read_and_not_downloaded(monkeypatch, tmp_path):
    changes = {"url": "http://nowhere.invalid/file.csv", "sha256": digest(LIVER.encode())}
    indexed(monkeypatch, "indian_liver", **changes)
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path)
    (tmp_path / "indian_liver.csv").write_text(LIVER)
    assert len(load_indian_liver()) == 3
    (tmp_path / "indian_liver.csv").write_text(LIVER + LIVER)
    with pytest.raises(ValueError, match=r"the file was changed; download http://nowhere.invalid/file.csv again"):
        load_indian_liver()


def test_addresses_and_checksums():
    downloads = {name: entry for name, entry in datasets._index().items() if "url" in entry}
    assert set(downloads) == {"mnist", "indian_liver"}
    for entry in downloads.values():
        assert entry["url"].startswith("https://") and re.fullmatch("[0-9a-f]{64}", entry["sha256"])
    # Keras downloads the same file
    keras = importlib.util.find_spec("keras")  # to import it takes long
    source = (Path(keras.origin).parent / "src" / "datasets" / "mnist.py").read_text(encoding="utf-8")
    assert downloads["mnist"]["sha256"] in source
    assert downloads["mnist"]["url"].removesuffix("mnist.npz") in source


HERE = {name: _download.cache_folder() / datasets._index()[name]["file"] for name in ("indian_liver", "mnist")}


@pytest.mark.skipif(not HERE["indian_liver"].is_file(), reason="the liver patients were never downloaded here")
def test_the_liver_patients_are_what_the_page_says(monkeypatch):
    monkeypatch.setenv("TFKIT_DATA", str(HERE["indian_liver"].parent))
    liver = load_indian_liver()
    assert liver.X.shape == (583, 10) and np.isfinite(liver.X).all()
    patient, woman = liver.Y[:, 0] == 1, liver.X[:, 1] == 1
    assert (patient.sum(), woman.sum(), (patient & woman).sum()) == (416, 142, 92)
    assert len(np.unique(np.column_stack([liver.X, liver.Y]), axis=0)) == 570
    assert liver.X[:, 0].max() == 90
    total, direct = liver.X[:, 2:4].T
    assert (direct > total).sum() == 3


@pytest.mark.skipif(not HERE["mnist"].is_file(), reason="MNIST was never downloaded here")
def test_mnist_begins_with_the_images_that_come_along(monkeypatch):
    monkeypatch.setenv("TFKIT_DATA", str(HERE["mnist"].parent))
    mnist = load_mnist()
    assert mnist.X.shape == (70_000, 784) and mnist.Y.sum() == 70_000
