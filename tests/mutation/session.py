"""One session of pytest, in the copy, in which all mutants are tried: `python -m tests.mutation.session`.

Reads from `asked.json` which mutants are to be tried, and adds a line for each to `results.jsonl`.
"""

import functools
import gc
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

import pytest
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

from tests.mutation.parts import PARTS
from tests.mutation.results import Asked, Result, note

PATIENCE = 5.0
"""Seconds of the processor, and twenty times what the tests take unchanged: longer is a mutant that runs for ever."""
LONGEST = 60.0
"""Seconds, and twenty times as before: longer is one that waits for ever. A busy machine should not be the reason."""


BROKEN = 70
"""The exit code of a child that failed before its tests began, or of a session that did."""


class _Seconds(NamedTuple):
    real: float
    processor: float


class Session:
    """A plugin of pytest that takes the place of its loop over the tests."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._reach: dict[str, list[pytest.Item]] = {}
        self._seconds: dict[pytest.Item, _Seconds] = {}
        self._imported: set[str] = set()
        self._failed = False
        self._child = False
        self._running: dict[int, str] = {}
        self._caches: list[functools._lru_cache_wrapper[object]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs each test once, and then the mutants."""
        self._imported = set(state()._stats)
        self._learn(session.items)
        self._caches = _caches()
        gc.freeze()  # after this, no child copies what it only counts
        self._check_without_a_change()
        for name in self._asked.mutants:
            if not self._is_reached(name):
                note(name, Result.NOT_REACHED)
                continue
            if len(self._running) >= self._asked.at_once:
                self._wait()
            self._running[self._fork(name, self._tests_of(name))] = name
        while self._running:
            self._wait()
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Ends a child at the first failure: its mutant is seen."""
        if report.failed and self._child:
            os._exit(1)
        self._failed |= report.failed

    def _learn(self, items: list[pytest.Item]) -> None:
        """Runs each test once, unchanged; one that fails can show nothing."""
        caches = _caches()
        for item in items:
            for cached in caches:
                cached.cache_clear()
            state()._stats.clear()
            self._failed = False
            begun = _Seconds(time.monotonic(), time.process_time())
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            self._seconds[item] = _Seconds(time.monotonic() - begun.real, time.process_time() - begun.processor)
            if self._failed:
                sys.stderr.write(f"fails without any change, and is left out: {item.nodeid}\n")
                continue
            for function in state()._stats:
                self._reach.setdefault(function, []).append(item)
        for tests in self._reach.values():
            tests.sort(key=lambda test: self._seconds[test].processor)

    def _is_reached(self, name: str) -> bool:
        return bool(self._tests_of(name)) or _function_of(name) in self._imported

    def _tests_of(self, name: str) -> list[pytest.Item]:
        return self._reach.get(_function_of(name), [])

    def _check_without_a_change(self) -> None:
        """Lets a child run every test without a change: what fails there would take each mutant for seen."""
        passing = {test for tests in self._reach.values() for test in tests}
        controls = [sorted(passing, key=lambda test: self._seconds[test].processor)]
        if any(self._is_reached(name) and not self._tests_of(name) for name in self._asked.mutants):
            controls.append([])
        for tests in controls:
            _, status = os.waitpid(self._fork("", tests), 0)
            if status:
                sys.stderr.write("tests fail in a child without any change: no mutant can be tried\n")
                pytest.exit("the tests fail without any change", returncode=BROKEN)

    def _fork(self, name: str, tests: list[pytest.Item]) -> int:
        """Returns the process that runs these tests with a mutant; without tests, all of them from the beginning."""
        if pid := os.fork():
            return pid
        code = BROKEN
        try:
            self._prepare(name, tests)
            code = 1  # an error of pytest's own: the mutant broke it
            self._run(tests)
            code = 0
        finally:
            os._exit(code)

    def _prepare(self, name: str, tests: list[pytest.Item]) -> None:
        self._child = True
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        self._limit(tests or self._seconds)
        set_mutant_under_test(name.partition(" ")[0])
        for cached in self._caches:
            cached.cache_clear()

    def _run(self, tests: list[pytest.Item]) -> None:
        if not tests:  # the function is called while modules are imported, and never again
            python = sys.executable
            os.execv(python, [python, "-m", "pytest", "-x", *_arguments(self._asked)])  # noqa: S606  # ourselves
        for item, following in zip_longest(tests, tests[1:]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def _limit(self, tests: Iterable[pytest.Item]) -> None:
        seconds = [self._seconds[test] for test in tests]
        used, most = time.process_time(), resource.getrlimit(resource.RLIMIT_CPU)[1]
        processor = PATIENCE + 20 * sum(one.processor for one in seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + processor), most))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, LONGEST + 20 * sum(one.real for one in seconds))

    def _wait(self) -> None:
        pid, status = os.wait()
        if (name := self._running.pop(pid, None)) is not None:
            note(name, _result(os.waitstatus_to_exitcode(status)))


def _function_of(name: str) -> str:
    return name.partition("__mutmut_")[0]


def _caches() -> "list[functools._lru_cache_wrapper[object]]":
    """Returns the caches of the firmware's functions: a value from before the change would hide it."""
    found = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return [one for one in found if str(getattr(one, "__module__", "")).startswith(("appliance.", "drivers."))]


def _result(code: int) -> Result:
    if code == BROKEN:
        raise RuntimeError("a child failed before its tests began")
    return Result.TOO_LONG if -code in {signal.SIGALRM, signal.SIGXCPU} else Result.SEEN if code else Result.NOT_SEEN


def _arguments(asked: Asked) -> list[str]:
    plugins = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "tests.mutation.quick")
    part = PARTS[asked.part]
    return ["-q", *plugins, "--hypothesis-profile", "mutation", "-k", part.which, *part.tests]


def main() -> int:
    """Returns pytest's exit code."""
    asked = Asked.read()
    set_mutant_under_test("stats")
    return int(pytest.main(_arguments(asked), plugins=[Session(asked)]))


if __name__ == "__main__":
    sys.exit(main())
