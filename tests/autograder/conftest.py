"""One template for all tests of archives, and what unpacks in its processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.handin.unpacking import Unpacker
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.users import student_user


@pytest.fixture(scope="session")
def unpack() -> Iterator[Unpacker]:
    """Takes files out of archives, each in a process of the sandbox."""
    template = new_template("numpy")
    _ = template.versions
    spawner = template.control()
    yield Unpacker(spawner, student_user())
    if spawner is not template:
        spawner.close()
    template.close()
