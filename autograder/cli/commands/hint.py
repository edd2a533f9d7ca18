"""`autograder hint`: the next hint to a question."""

from __future__ import annotations

import click

from autograder.errors import UsageError


@click.command("hint")
@click.argument("words", nargs=-1, required=True, metavar="[ASSIGNMENT] ID")
@click.option("--step", type=int, metavar="1-3", help="This hint, instead of the next one.")
def command(words: tuple[str, ...], step: int | None) -> int:
    """Shows the next hint to the question ID: there are three, and each says more than the one before.

    Hints cost no points. How many you looked at is kept in your own cache folder.

    \b
    Example: autograder hint 03.5
             autograder hint 03.5 --step 1
             autograder hint 03_numpy_net.py 03.5
    """
    from autograder.assignment.definition import find_question
    from autograder.cli.asked import ids_of
    from autograder.cli.belonging import find_named
    from autograder.cli.console import output
    from autograder.cli.hinting import next_hint

    ids = [id for word in words for id in ids_of(word)]
    if len(ids) > 1:
        raise UsageError(f"hints are for one question at a time: autograder hint {ids[0]}")
    if len(words) > 2:
        raise click.UsageError(f"expected an assignment and a question's id, received {' '.join(words)}")
    if len(words) == 2:
        assignment, id = find_question(words[1], str(find_named(words[0])[0].folder))
    else:
        try:
            assignment, id = find_question(words[0])
        except UsageError as error:
            try:
                found, _ = find_named(words[0])
            except UsageError:
                raise error from None
            example = f"autograder hint {found.questions[0]}"
            raise UsageError(f"a hint is for one question of {found.name}; name it: {example}") from None
    hint = next_hint(assignment, id, step)
    screen = output()
    screen.print(hint.title, style="bold", markup=False)
    screen.print(f"  {hint.text}", markup=False, soft_wrap=True)
    again = f"autograder hint {' '.join(words)}"
    screen.print(
        hint.footer(f"`{again}`", lambda number: f"`{again} --step {number}`"),
        style="dim",
        markup=False,
        soft_wrap=True,
    )
    return 0
