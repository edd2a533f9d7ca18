"""Options that several commands share."""

from __future__ import annotations

import re

import click

from autograder.defaults import DEFAULT_SEED
from autograder.errors import UsageError


def _device(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value in ("auto", "cpu") or re.fullmatch(r"gpu:\d+", value):
        return value
    raise click.BadParameter(f"expected auto, cpu or gpu:N (such as gpu:0), received {value!r}")


device = click.option(
    "--device",
    default="auto",
    show_default=True,
    callback=_device,
    metavar="auto|cpu|gpu:N",
    help="Where submissions compute; auto takes a GPU when there is one.",
)
_seeds = click.IntRange(0, 2**31 - 1)
seed = click.option(
    "--seed", default=DEFAULT_SEED, show_default=True, type=_seeds, help="Decides all fixtures and shuffles."
)
drawn_seed = click.option(
    "--seed",
    default=None,
    type=_seeds,
    help="Decides all fixtures and shuffles.  [default: drawn for each run, and kept in the gradebook]",
)

sandbox = click.option(
    "--sandbox",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "strict", "none"]),
    help="strict refuses to run when a layer of the sandbox is missing here, auto goes on without it, none uses none.",
)


def positive(value: int, name: str) -> int:
    """A number of at least 1."""
    if value < 1:
        raise UsageError(f"expected {name} of at least 1, received {value}")
    return value
