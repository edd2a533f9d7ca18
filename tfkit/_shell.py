"""The notebook or prompt that this program runs in."""

from __future__ import annotations

import sys
from typing import Any


def shell() -> Any:
    """IPython's shell, or None where no IPython runs, whether or not it has been imported."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
