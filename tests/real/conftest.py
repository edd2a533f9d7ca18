"""The class rooms of `tests/grading`."""

from tests.grading.conftest import banks_folder, rooms, templates

__all__ = ["banks_folder", "rooms", "templates"]
