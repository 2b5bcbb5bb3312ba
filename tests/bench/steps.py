"""How long the event loop was blocked: the time of each step of each task. It slows the loop down a little itself."""

import time

import trio


class StepTimer(trio.abc.Instrument):
    """Knows the longest step so far (seconds), and the task whose step it was."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.task = ""
        self.events_per_second = 0.0
        self._began = time.perf_counter_ns()  # it may begin in the middle of a step

    def before_task_step(self, task: trio.lowlevel.Task) -> None:
        """A task goes on."""
        self._began = time.perf_counter_ns()

    def after_task_step(self, task: trio.lowlevel.Task) -> None:
        """The task waits, or has ended."""
        took = (time.perf_counter_ns() - self._began) / 1e9
        if took > self.longest:
            self.longest, self.task = took, task.name
