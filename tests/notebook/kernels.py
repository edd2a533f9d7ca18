"""Real kernels to run cells in."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parents[2]


@dataclass
class Ran:
    """What came of a cell.

    Attributes:
        status: `ok`, `error` or `aborted`.
        printed: What it printed.
        shown: What it displayed as text, without what was replaced meanwhile.
        html: The same as HTML.
        errors: The names of exceptions.
    """

    status: str = ""
    printed: str = ""
    shown: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def card(self) -> str:
        """The text of the one card that it shows."""
        (text,) = [text for text in self.shown if text]
        return text


class Kernel:
    """A kernel, in a folder of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        cache = os.environ.get("AUTOGRADER_CACHE") or str(folder / "cache")
        env = os.environ | {"PYTHONPATH": str(ROOT), "AUTOGRADER_ASSIGNMENTS": str(ROOT / "assignments")}
        env |= {"AUTOGRADER_CACHE": cache, "TF_CPP_MIN_LOG_LEVEL": "3"} | environment
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(folder), env=env)
        self.client = self.manager.client()
        # the heartbeat's thread leaves an event loop behind
        self.client.start_channels(hb=False)
        self.client.wait_for_ready(timeout=60)

    def run(self, code: str, timeout: float = 120, interrupt_after: float = 0.0) -> Ran:
        """Runs a cell."""
        ran, by_id = Ran(), {}

        def hook(message: dict[str, Any]) -> None:
            content, kind = message["content"], message["msg_type"]
            if kind == "stream":
                ran.printed += content["text"]
            elif kind == "error":
                ran.errors.append(content["ename"])
            elif kind in ("display_data", "update_display_data", "execute_result"):
                place = by_id.setdefault(content.get("transient", {}).get("display_id", len(by_id)), len(ran.shown))
                for found, form in ((ran.shown, "text/plain"), (ran.html, "text/html")):
                    found[place : place + 1] = [content["data"].get(form, "")]

        timer = threading.Timer(interrupt_after, os.killpg, (self.pid, signal.SIGINT))
        if interrupt_after:
            timer.start()
        reply = self.client.execute_interactive(code, output_hook=hook, timeout=timeout)
        timer.cancel()
        ran.status = reply["content"]["status"]
        return ran

    @property
    def pid(self) -> int:
        """Its process, which leads its group: the stop button interrupts all of that."""
        return self.manager.provisioner.pid

    def value(self, expression: str) -> str:
        """What an expression gives, as printed; nothing is remembered of it."""
        ran = Ran()

        def hook(message: dict[str, Any]) -> None:
            ran.printed += message["content"].get("text", "")

        self.client.execute_interactive(f"print({expression})", output_hook=hook, store_history=False, timeout=60)
        return ran.printed.strip()

    def close(self) -> None:
        """Ends it, as Jupyter does."""
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
