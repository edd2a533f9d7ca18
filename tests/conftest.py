"""What all tests share."""

from __future__ import annotations

import gc
import signal
import threading

import pytest
from hypothesis import settings

from tests.slices import taking_turns, today

# how long an example takes tells of the machine, and a busy one is no mistake
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of files whose tests take turns, leaves those of this run."""
    named = {config.invocation_params.dir / argument.split("::")[0] for argument in config.args}
    items[:], left = taking_turns(items, named)
    config.hook.pytest_deselected(items=left)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Takes what is imported by now, TensorFlow above all, out of the collector's way: it stays for the whole run.

    Grading runs pytest inside the test; each run leaves cycles, and each full collection would walk TensorFlow again.
    """
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """Hears Ctrl-C as a process in the foreground does.

    A shell's background job, such as some CI runs, ignores it, and so would all that a test starts: a test that
    interrupts a child would wait for ever. And all processes of the run have one day.
    """
    today()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
