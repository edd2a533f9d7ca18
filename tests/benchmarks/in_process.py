"""How other graders work, for comparison: one pytest process per submission, which imports TensorFlow itself.

A pytest plugin: the same tests, `student` and `reference` in the test's own process, nothing isolated. Used as
`python -m pytest -p in_process --submission FILE --assignment FOLDER TESTS` with this folder on the path.
"""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.assignment.definition import Assignment
from autograder.assignment.fixtures import Problems, problems_for
from autograder.engine.proxies import Student
from autograder.engine.record import Record
from autograder.engine.reference import Reference
from autograder.fingerprint import derived_seed
from autograder.handin.submissions import Submission
from autograder.isolation.frameworks import make_ready
from autograder.isolation.inside.student import _Server
from autograder.isolation.settings import Limits, Settings
from autograder.wire import Channel, decode, encode

SEED = 20260101


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--submission")
    parser.addoption("--assignment")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "question(question): id and points of a test")


class _Local:
    """A submission in this process, behind the interface of a session and of a store of reference values."""

    def __init__(self, framework: str, path: Path) -> None:
        # nobody listens at the other end: what a request needs is here
        self.server = _Server(framework, Channel(socket.socket()))
        self.setup = SimpleNamespace(explains=False, limits=Limits(), given=frozenset(), source=None)
        self.record = Record()
        source = Submission(path.stem, path).read().source
        self.server.do_load(source.parts)

    def request(self, action: str, **parameters: Any) -> Any:
        sent = decode(encode({"do": action, **parameters}), allow_remote=True)
        return decode(encode(self.server.answer(sent), self.server.keep))

    def value(self, requests: list[dict[str, Any]]) -> Any:
        return self.request("sequence", requests=requests)


@pytest.fixture(scope="session")
def opened(request: pytest.FixtureRequest) -> dict[str, Any]:
    assignment = Assignment.load(Path(request.config.getoption("--assignment")))
    make_ready(assignment.framework, Settings(tempfile.gettempdir(), SEED))
    return {
        "assignment": assignment,
        "student": _Local(assignment.framework, Path(request.config.getoption("--submission"))),
        "reference": _Local(assignment.framework, assignment.solution),
    }


@pytest.fixture
def student(opened: dict[str, Any]) -> Student:
    return Student(opened["student"])


@pytest.fixture
def reference(opened: dict[str, Any]) -> Reference:
    return Reference(opened["reference"])


@pytest.fixture
def problem(opened: dict[str, Any], request: pytest.FixtureRequest) -> Problems:
    id = request.node.get_closest_marker("question").args[0].id
    return problems_for(opened["assignment"], derived_seed(SEED, id, request.node.name))
