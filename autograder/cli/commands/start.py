"""`autograder start`: a copy of the starter to write into."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.errors import UsageError


@click.command("start")
@click.argument("assignment")
@click.option("--notebook", is_flag=True, help="The notebook, and not the script.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Another name, or another folder.")
def command(assignment: str, notebook: bool, output: Path | None) -> int:
    """Copies the starter of ASSIGNMENT into this folder, under the name that you hand in.

    What is there already is never written over.

    \b
    Example: autograder start 03_numpy_net
             autograder start 03 --notebook
    """
    from autograder.assignment.definition import find_assignment
    from autograder.cli.console import output as screen
    from autograder.handin.names import NOTEBOOK, SCRIPT

    # as it is called in a folder
    name = assignment.removesuffix(SCRIPT).removesuffix(NOTEBOOK)
    found = find_assignment(name)
    ending = NOTEBOOK if notebook else SCRIPT
    source = found.starter(ending)
    if not source.is_file():
        raise UsageError(f"{found.folder} has no {source.name}; get a fresh copy of the assignment")
    name = Path(found.submission).stem + ending
    target = Path(name) if output is None else output / name if output.is_dir() or not output.suffix else output
    if target.suffix != ending:
        raise UsageError(f"expected a file that ends with {ending}, received {target}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(source.read_bytes())
    except FileExistsError:
        if target.is_dir() or target.read_bytes() != source.read_bytes():
            raise UsageError(f"{target} is there already, and stays as it is; for a fresh one: --output FILE") from None
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}; choose another place: --output FILE") from None
    where = "" if output is None else f" {target}"
    screen().print(f"{target}  {found.title}", markup=False, soft_wrap=True)
    screen().print(f"Write into it, and then: autograder check {found.name}{where}", markup=False, soft_wrap=True)
    return 0
