"""For all tests: rubbish is not looked for among them, no deadline, every key has a sentence, logging is as it was."""

import gc
import signal
from collections.abc import Generator, Iterator
from typing import Any

import pytest
import structlog
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)  # for `make check`; `make test` tries more
settings.load_profile("unhurried")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # begun in the background of a shell: children would inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collects without looking for rubbish, in half the time, and never looks through the thousands of tests again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def _fail(key: str) -> None:
    raise KeyError(f"no sentence {key} in appliance/language/offhook.pot")


@pytest.fixture(scope="session", autouse=True)
def unknown_keys_are_errors() -> Iterator[None]:
    """A room shows the key where the catalogue lacks it; here that is a mistake."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("appliance.language.text.unknown", _fail)
        yield


@pytest.fixture(scope="session", autouse=True)
def loggers_are_not_cached() -> Iterator[None]:
    """A cached logger keeps the level of the command that used it first, and no later test could capture its lines."""
    configure = structlog.configure

    def uncached(**options: Any) -> None:  # whatever structlog takes
        configure(**options | {"cache_logger_on_first_use": False})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structlog, "configure", uncached)
        yield


@pytest.fixture(autouse=True)
def logging_as_before(loggers_are_not_cached: None) -> Iterator[None]:  # for the order
    yield
    structlog.reset_defaults()
