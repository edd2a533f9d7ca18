"""The one file that a command writes: looked at before the work begins, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import UsageError
from autograder.files import write_atomic


def check_output(output: Path, ending: str = "") -> None:
    """Refuses a name for `--output` that cannot be meant.

    Raises:
        UsageError: When it is a folder, or does not end as it should.
    """
    if output.is_dir():
        raise UsageError(f"expected a file as --output, {output} is a folder; name a file in it")
    if ending and output.suffix.lower() != ending:
        raise UsageError(f"expected the name of an archive that ends with {ending} as --output, received {output}")


def write_output(output: Path, content: bytes) -> None:
    """Writes it.

    Raises:
        UsageError: When it cannot be written.
    """
    try:
        write_atomic(output, content)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror}; choose another --output") from None
