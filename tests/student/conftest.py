"""The rooms that grade, for what a student hands in."""

from tests.grading.conftest import banks_folder, room03, rooms, templates

__all__ = ["banks_folder", "room03", "rooms", "templates"]
