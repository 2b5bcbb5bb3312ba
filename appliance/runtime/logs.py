"""Logs on standard error: one line an event, with a priority that journald understands when systemd runs us.

On the card the journal is in memory and bounded, so what repeats itself would push out how it began: a keypad with a
loose contact tells of itself thousands of times a day. Of each event of each part `BURST` lines are let through, and
then one an hour, which says how many were left out. What the link to the terminal does is always told; its own back-off
bounds that.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from appliance.runtime.rarely import Rarely
from appliance.runtime.recent import LEVELS, Recent

# sd-daemon(3): "<N>" in front of a line is its syslog priority
_PRIORITY = {"critical": 2, "error": 3, "exception": 3, "warning": 4, "info": 6, "debug": 7}

BURST: Final = 20  # lines
EVERY: Final = 3600.0  # seconds
recent: Final = Recent()
"""The last lines that this process has logged."""

_PARTS: Final = ("service", "reader", "camera", "port", "listen", "pin", "intent", "input", "key", "path")
"""Fields that say which part it is. They come from the configuration: devices and people could make up others."""


def configure(
    level: str = "info",
    environ: Mapping[str, str] = os.environ,
    clock: Callable[[], float] = time.monotonic,
    *,
    shown: str = "debug",
) -> None:
    """Sets logging up for the whole process; `level` is debug, info, warning or error. Debug leaves nothing out.

    `shown`: what is less than this is only in `recent`.
    """
    for_somebody = _FOR_JOURNAL if _in_journal(environ) else _for_people()
    structlog.configure(
        processors=[*([] if level == "debug" else [_Sparing(clock)]), *_ALWAYS, recent, _Shown(shown), *for_somebody],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


class _Shown:
    """Leaves out what is less than a level."""

    def __init__(self, level: str) -> None:
        self._least = LEVELS.index(level)

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        level = event.get("level")
        if level in LEVELS and LEVELS.index(level) < self._least:
            raise structlog.DropEvent
        return event


class _Sparing:
    """Leaves out what repeats itself, see the top."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rarely = Rarely(every=EVERY, burst=BURST)

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        name = str(event.get("event", ""))
        if name.startswith("link_"):
            return event
        kept_back = self._rarely.kept_back((name, *(str(event.get(part, "")) for part in _PARTS)), self._clock())
        if kept_back is None:
            raise structlog.DropEvent
        return {**event, "not_logged": kept_back} if kept_back else event


def _in_journal(environ: Mapping[str, str]) -> bool:
    """Returns whether standard error is the journal itself: children inherit the variable wherever they write to."""
    try:
        there = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return environ.get("JOURNAL_STREAM") == f"{there.st_dev}:{there.st_ino}"


def _for_people() -> list[Processor]:
    when = structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)
    return [when, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]


def _printable(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replaces what could break the line or control the reader's screen, since it came from outside."""
    return {key: _escaped(value) if isinstance(value, str) else value for key, value in event.items()}


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _trace_on_one_line(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    formatted = structlog.processors.format_exc_info(logger, method, event)
    if "exception" in formatted:
        formatted["exception"] = " | ".join(line.strip() for line in str(formatted["exception"]).splitlines())
    return formatted


def _as_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    level = str(event.pop("level", "info"))
    name = event.pop("event", "")
    pairs = " ".join(f"{key}={_quoted(value)}" for key, value in event.items() if value is not None)
    return f"<{_PRIORITY.get(level, 6)}>{name} {pairs}".rstrip()


def _quoted(value: object) -> str:
    text = str(value)
    plain = text.isprintable() and not set(text) & set(' "=')
    return text if plain and text else json.dumps(text, ensure_ascii=False)


_ALWAYS: list[Processor] = [structlog.processors.add_log_level, _printable]
_FOR_JOURNAL: list[Processor] = [_trace_on_one_line, _as_line]
