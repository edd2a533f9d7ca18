"""The old name of `tfkit.metrics`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfkit import metrics

if TYPE_CHECKING:
    from tfkit.metrics import *  # noqa: F403

__all__ = dir(metrics)


def __getattr__(name: str) -> Any:
    return getattr(metrics, name)


def __dir__() -> list[str]:
    return __all__
