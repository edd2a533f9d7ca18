"""The client's side of a cluster: sends submissions to Dask's workers, and gives what comes back to the gradebook here.

Dask schedules, and notices workers that are lost: what such a worker had is graded by another. Its scheduler holds
the submissions that wait, and no marks.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import distributed
from distributed import Client, as_completed, get_worker
from distributed.comm import parse_host_port
from distributed.scheduler import KilledWorker

from autograder.cluster.errand import Errand, versions_here
from autograder.cluster.parcel import Parcel
from autograder.defaults import DEFAULT_SEED
from autograder.engine.classes import Plan
from autograder.engine.grader import Graded
from autograder.errors import UsageError
from autograder.handin.submissions import Submission

# seconds to reach the scheduler, and for the first worker to come
_REACH, _FIRST = 10.0, 60.0
# submissions that wait at a worker while it grades one: it never waits for the network
_AHEAD = 1
# what Dask raises when its scheduler is gone
_GONE = (OSError, distributed.client.FutureCancelledError, distributed.CancelledError, distributed.comm.CommClosedError)


class _Client(Client):
    """A client that ends when it is told to.

    Dask's own, where it has reached nobody, waits for 20 s when it is thrown away, and prints a traceback then.
    """

    def __del__(self) -> None:
        pass


def _demand_address(address: str) -> None:
    scheme, _, place = address.rpartition("://")
    try:
        parse_host_port(place)
        is_address = scheme in ("", "tcp", "tls", "ws", "wss")
    except ValueError:
        is_address = False
    if not is_address:
        raise UsageError(
            f"expected the address of a Dask scheduler, such as tcp://lab-01:8786, received {address!r}; "
            "`dask scheduler` prints its address"
        )


class ClusterGraders:
    """The workers of a cluster.

    Args:
        address: The scheduler's, such as `tcp://lab-01:8786`.

    Raises:
        UsageError: When there is no scheduler, or no worker comes, or they have other versions than this machine.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        # what goes wrong is told here in a line; they would print tracebacks, of Ctrl-C as well
        for name in list(logging.root.manager.loggerDict):
            if name.startswith(("distributed", "tornado")):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        # a file that is too large to be graded is one all the same
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
        _demand_address(address)
        try:
            self._client = _Client(address, timeout=_REACH, set_as_default=False)
        except (OSError, ValueError, TypeError):
            raise UsageError(
                f"no Dask scheduler answers at {address}; start one with `dask scheduler`, which prints its "
                "address, and name that"
            ) from None
        try:
            self._demand_workers()
        except BaseException:
            self.close()
            raise

    def _demand_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_FIRST)
        except TimeoutError:
            raise UsageError(
                f"no worker has come to {self._address} in {_FIRST:g} s; start one for each core that is to grade: "
                f"`dask worker {self._address} --nworkers 2 --nthreads 1`"
            ) from None
        own = versions_here()
        try:
            theirs = self._client.run(versions_here)
        except Exception as error:
            raise UsageError(
                f"a worker of {self._address} cannot import autograder ({error}); install it there"
            ) from None
        for address, versions in sorted(theirs.items()):
            other = [f"{name} {versions.get(name, 'none')}" for name in own if versions.get(name, "none") != own[name]]
            if other:
                here = ", ".join(f"{name.split()[0]} {own[name.split()[0]]}" for name in other)
                told = f"the worker at {address} has {', '.join(other)}, this machine has {here}"
                raise UsageError(f"{told}; numbers may differ with them: install the same on all machines")

    @property
    def count(self) -> int:
        """How many submissions are graded at a time: one for each worker."""
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def grade(
        self, plan: Plan, submissions: list[Submission], alone: bool = False
    ) -> Iterator[tuple[Submission, Graded | None, str]]:
        """Each submission with what came of it; as `autograder.engine.classes.Graders` says.

        Raises:
            UsageError: When the assignment is broken, a worker cannot grade, or the scheduler is gone.
        """
        if not submissions:
            return
        parcel = Parcel.of(plan.assignment, DEFAULT_SEED)
        name = f"autograder-{parcel.hash[:16]}-{plan.seed}-{id(plan):x}"
        is_encrypted = not self._address.startswith("tcp:")
        try:
            self._client.register_plugin(Errand(parcel, plan, name, is_encrypted))
            yield from self._sent(name, submissions, alone)
        except _GONE:
            raise UsageError(
                f"the scheduler at {self._address} is gone; what is graded is kept: start it and its workers, and then "
                "the same command again"
            ) from None
        finally:
            with contextlib.suppress(*_GONE, ValueError, TimeoutError):
                self._client.unregister_worker_plugin(name)

    def _sent(
        self, name: str, submissions: list[Submission], alone: bool
    ) -> Iterator[tuple[Submission, Graded | None, str]]:
        waiting = iter(submissions)
        sent: dict[Any, Submission] = {}
        answers = as_completed(loop=self._client.loop)

        def send_more() -> None:
            # so many and no more are away: ten thousand take no more memory here than ten
            most = 1 if alone else self.count * (1 + _AHEAD)
            while len(sent) < max(1, most) and (submission := next(waiting, None)) is not None:
                future = self._client.submit(graded, name, submission.with_contents(), pure=False, retries=0)
                sent[future] = submission
                answers.add(future)

        send_more()
        try:
            while sent:
                future = next(answers)
                submission = sent.pop(future)
                found, reason = self._answer(future)
                send_more()
                yield submission, found, reason
        finally:
            # Ctrl-C, or a mistake of the author's: what is still away is not wanted
            with contextlib.suppress(*_GONE, RuntimeError):
                self._client.cancel(list(sent), force=True)

    @staticmethod
    def _answer(future: Any) -> tuple[Graded | None, str]:
        try:
            return future.result()
        except KilledWorker as error:
            return None, f"the workers that had it ended, {_times(error)}"
        except UsageError:
            raise
        except _GONE:
            raise
        except Exception as error:
            # whatever one brings, the next is graded
            return None, type(error).__name__
        finally:
            future.release()

    def close(self) -> None:
        """Leaves the cluster, which goes on without us."""
        with contextlib.suppress(*_GONE, TimeoutError):
            self._client.close()


def _times(error: KilledWorker) -> str:
    return f"{getattr(error, 'allowed_failures', 3) + 1} times"


def graded(name: str, submission: Submission) -> tuple[Graded | None, str]:
    """On a worker: what came of a submission, by the errand of that name."""
    errand = get_worker().plugins[name]
    assert isinstance(errand, Errand)
    return errand.grade(submission)
