"""Options that several commands share."""

from __future__ import annotations

import os
import re

import click

from autograder.defaults import DEFAULT_SEED


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
workers = click.option(
    "--workers",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    help="Submissions, or mutants, at once.  [default: cores]",
)
cluster = click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Grade on the workers of this Dask scheduler, such as tcp://lab-01:8786, in place of --workers.",
)
