"""Who handed something in, as the platform knows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Student:
    """One student.

    Attributes:
        name: The name as the platform writes it; in a plain folder, the file's.
        id: The number or login by which the platform tells students apart, or "".
        email: The e-mail address, or "".
        group: The group that hands in together, or "".
        extension: Days that this student has beyond the due date.
    """

    name: str
    id: str = ""
    email: str = ""
    group: str = ""
    extension: int = 0
