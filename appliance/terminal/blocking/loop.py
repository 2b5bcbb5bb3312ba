"""Trio in a thread of its own, for callers who wait.

This is the one thread that we start without a library forcing us to. A script's own thread cannot run trio between two
of its statements, and something must: the terminal has to be answered, listened to and watched all the time, not only
while the script waits for a reply. Everything of the client stays in that one thread; between the two there is nothing
but a question and its `Future`.

Ctrl-C is raised in the script, as Python does, wherever it waits; what it waited for is cancelled in the other thread.
"""

import functools
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, ParamSpec, Self, TypeVar

import trio

P = ParamSpec("P")
R = TypeVar("R")
CLOSING = 5.0  # seconds in which everything ends: twice what a connection takes to close


class Closed(RuntimeError):
    """The client is used after its `with` block."""

    def __init__(self) -> None:
        super().__init__("the connection is closed; expected it to be used within its `with` block")


class Loop:
    """A running trio, from `__enter__` to `__exit__`; `run` may be called from any thread but its own."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=self._live, name="offhook", daemon=True)
        self._up: Future[tuple[trio.lowlevel.TrioToken, trio.Nursery]] = Future()
        self._jobs: set[_Job[Any]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        token, nursery = self._up.result()
        try:
            token.run_sync_soon(nursery.cancel_scope.cancel)
        except trio.RunFinishedError:
            return
        self._thread.join(CLOSING)

    def run(self, work: Callable[[], Awaitable[R]], *, within: float | None = None) -> R:
        """Runs an async function to its end and returns what it returns; raises what it raises.

        Raises `TimeoutError` when that takes longer than `within` seconds, and `Closed`.
        """
        token, nursery = self._up.result()
        job = _Job(work, within)
        try:
            token.run_sync_soon(self._begin, nursery, job)
        except trio.RunFinishedError:
            raise Closed from None
        try:
            return job.done.result()
        except BaseException:
            with suppress(trio.RunFinishedError):
                token.run_sync_soon(job.scope.cancel)  # Ctrl-C: nobody waits for it any more
            raise

    def start(self, task: Callable[..., Awaitable[None]]) -> Any:  # noqa: ANN401  # see `trio.Nursery.start`
        """Starts a task that lives as long as the loop; returns what it says with `started`, or raises as it does."""
        _, nursery = self._up.result()
        return self.run(functools.partial(nursery.start, task))

    def blocking(self, method: Callable[P, Awaitable[R]]) -> Callable[P, R]:
        """Returns a method of the client as a function that waits for it."""

        @functools.wraps(method)
        def wait(*args: P.args, **kwargs: P.kwargs) -> R:
            return self.run(functools.partial(method, *args, **kwargs))

        return wait

    def _begin(self, nursery: trio.Nursery, job: "_Job[Any]") -> None:
        self._jobs.add(job)
        job.done.add_done_callback(lambda _done: self._jobs.discard(job))
        try:
            nursery.start_soon(job.run)
        except RuntimeError:  # asked while everything ends: the nursery takes nothing more
            job.fail(Closed())

    def _live(self) -> None:
        try:
            trio.run(self._serve)
        except Exception as error:
            if self._up.done():
                raise
            self._up.set_exception(error)  # `__enter__` raises it, and would wait for ever otherwise
        finally:
            for job in list(self._jobs):
                job.fail(Closed())

    async def _serve(self) -> None:
        async with trio.open_nursery() as nursery:
            self._up.set_result((trio.lowlevel.current_trio_token(), nursery))
            await trio.sleep_forever()


class _Job(Generic[R]):
    """What a caller waits for."""

    def __init__(self, work: Callable[[], Awaitable[R]], within: float | None) -> None:
        self.scope = trio.CancelScope()
        self.done: Future[R] = Future()
        self._work = work
        self._within = within

    async def run(self) -> None:
        """Does it, and says what became of it; never raises but when everything ends."""
        if self._within is not None:
            self.scope.deadline = trio.current_time() + self._within
        try:
            with self.scope:
                self.done.set_result(await self._work())
        except Exception as error:  # noqa: BLE001, RUF100  # raised where it is waited for
            self.fail(error)
        except trio.Cancelled:
            self.fail(Closed())
            raise
        self.fail(TimeoutError(f"not done within {self._within:g} s" if self._within is not None else "given up"))

    def fail(self, error: Exception) -> None:
        """Ends the wait, unless it has ended."""
        if not self.done.done():
            self.done.set_exception(error)
