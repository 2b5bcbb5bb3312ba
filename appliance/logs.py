"""Logs on standard error: one line an event, with a priority that journald understands when systemd runs us."""

import logging
import os
import sys
from collections.abc import Mapping

import structlog
from structlog.typing import EventDict, WrappedLogger

# sd-daemon(3): "<N>" in front of a line is its syslog priority
_PRIORITY = {"critical": 2, "error": 3, "exception": 3, "warning": 4, "info": 6, "debug": 7}


def configure(level: str = "info", environ: Mapping[str, str] = os.environ) -> None:
    """Sets logging up for the whole process; `level` is debug, info, warning or error."""
    journal = "JOURNAL_STREAM" in environ
    renderer = _for_journal if journal else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    when = [] if journal else [structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)]
    structlog.configure(
        processors=[structlog.processors.add_log_level, *when, _trace_on_one_line if journal else _as_it_is, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _as_it_is(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return event


def _trace_on_one_line(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    formatted = structlog.processors.format_exc_info(logger, method, event)
    if "exception" in formatted:
        formatted["exception"] = " | ".join(line.strip() for line in str(formatted["exception"]).splitlines())
    return formatted


def _for_journal(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    level = str(event.pop("level", "info"))
    name = event.pop("event", "")
    pairs = " ".join(f"{key}={_quoted(value)}" for key, value in event.items() if value is not None)
    return f"<{_PRIORITY.get(level, 6)}>{name} {pairs}".rstrip()


def _quoted(value: object) -> str:
    text = str(value).replace("\n", " | ")
    return f'"{text}"' if " " in text or not text else text
