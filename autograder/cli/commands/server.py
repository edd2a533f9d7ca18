"""`autograder server`: the files with which a department's server grades."""

from __future__ import annotations

from pathlib import Path

import click

FILES = ("README.md", "Dockerfile", "seccomp.json", "grade-night.sh")


@click.command("server")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Writes into FOLDER how a server is set up, a Dockerfile, its filter of system calls, and a script for cron.

    What is there already, and other than what would be written, is left as it is.

    \b
    Example: autograder server /srv/course
    """
    import autograder.server
    from autograder.cli.console import output
    from autograder.errors import UsageError
    from autograder.files import write_atomic

    source = Path(autograder.server.__file__).parent
    for name in FILES:
        target, text = folder / name, (source / name).read_bytes()
        try:
            if target.exists() and target.read_bytes() != text:
                output().print(f"kept       {target}, which is not ours", soft_wrap=True, markup=False)
                continue
            write_atomic(target, text)
            target.chmod(0o755 if name.endswith(".sh") else 0o644)
        except OSError as error:
            raise UsageError(f"cannot write {target}: {error.strerror}; name a folder that can be written to") from None
        output().print(f"written    {target}", soft_wrap=True, markup=False)
    return 0
