"""One template for all tests that need processes of the sandbox, and what unpacks archives in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.handin.unpacking import Unpacker
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.starting import Spawner
from autograder.isolation.host.users import student_user


@pytest.fixture(scope="session")
def spawner() -> Iterator[Spawner]:
    """Makes processes of the sandbox."""
    template = new_template("numpy")
    _ = template.versions
    spawner = template.control()
    yield spawner
    if spawner is not template:
        spawner.close()
    template.close()


@pytest.fixture(scope="session")
def unpack(spawner: Spawner) -> Unpacker:
    """Takes files out of archives, each in a process of the sandbox."""
    return Unpacker(spawner, student_user())
