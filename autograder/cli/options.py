"""Options that several commands share."""

from __future__ import annotations

import os
import re

import click
from click.core import ParameterSource

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


class _Count(click.ParamType):
    name = "number"

    def convert(self, value: object, parameter: click.Parameter | None, context: click.Context | None) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and int(text) >= 1):
            self.fail(f"expected a whole number of at least 1, received {text!r}", parameter, context)
        return int(text)


def _cluster(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value is None:
        return ""
    if not value.strip():
        raise click.BadParameter(
            "expected the address of a Dask scheduler, such as tcp://lab-01:8786, received nothing"
        )
    if context.get_parameter_source("workers") is ParameterSource.COMMANDLINE:
        raise click.BadParameter("each worker of a cluster grades one submission at a time; leave --workers out")
    return value


workers = click.option(
    "--workers",
    type=_Count(),
    metavar="N",
    default=lambda: os.cpu_count() or 1,
    help="Submissions, or mutants, at once.  [default: cores]",
)
cluster = click.option(
    "--cluster",
    metavar="ADDRESS",
    default=None,
    callback=_cluster,
    help="Grade on the workers of this Dask scheduler, such as tcp://lab-01:8786, in place of --workers.",
)
