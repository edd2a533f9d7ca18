"""What all tests share."""

from __future__ import annotations

import gc

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Takes what is imported by now, TensorFlow above all, out of the collector's way: it stays for the whole run.

    Grading runs pytest inside the test; each run leaves cycles, and each full collection would walk TensorFlow again.
    """
    gc.collect()
    gc.freeze()
