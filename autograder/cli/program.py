"""The program `autograder`: commands, exit status, and errors as one line.

Exit status: 0 done, 1 the work has failures, 2 wrong usage or a broken environment, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from autograder.errors import Stopped, UsageError, did_you_mean

_COMMANDS = (
    *("check", "hint", "list", "start", "submit"),
    *("grade", "report", "history", "export", "feedback", "similar", "gradescope", "github", "server"),
    *("new", "build", "try", "audit", "release", "demo", "doctor"),
)


class _Commands(click.Group):
    """Loads a command when it is needed: `--help` must not wait for pytest or NumPy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        return importlib.import_module(f"autograder.cli.commands.{cmd_name}").command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], _COMMANDS, "known are:")
            raise click.UsageError(f"there is no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from autograder import __version__

        click.echo(f"autograder, version {__version__}")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def program() -> None:
    """Checks one student, grades a class, explains mistakes, writes reports."""


def main(arguments: list[str] | None = None) -> None:
    """Runs the program and exits."""
    sys.exit(run(lambda: program.main(arguments, standalone_mode=False)))


def run(command: Callable[[], Any]) -> int:
    """Runs a command; whatever a person can fix becomes one line on standard error."""
    try:
        status = command()
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        return _say(_in_a_line(error), 2)
    except (KeyboardInterrupt, click.Abort):
        return _say("stopped; run the same command again to go on", 130)
    except Stopped as stop:
        return _say(str(stop), 130)
    except BrokenPipeError:
        # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (UsageError, OSError) as error:
        return _say(str(error), 2)
    except Exception as error:
        if os.environ.get("AUTOGRADER_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return _say(f"a mistake of this program, not yours: {what}; AUTOGRADER_DEBUG=1 shows where", 2)


def _in_a_line(error: click.ClickException) -> str:
    """What click has against a command, and where it is told how the command is used."""
    text = error.format_message().rstrip(".")
    text = text[:1].lower() + text[1:]
    context = getattr(error, "ctx", None)
    if context is None or text.endswith("?"):
        return text
    # where the program was called as `python -m autograder`, its name is the same
    return f"{text}; see `{context.command_path.replace('python -m ', '')} --help`"


def _say(message: str, status: int) -> int:
    from autograder.text import visible

    click.echo(f"autograder: {visible(message)}", err=True)
    return status
