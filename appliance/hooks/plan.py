"""What an answer means, and when the next try is.

A try that failed is made again, the waits growing from a second to half a minute, each between half and all of its
length, as long as the event is worth something. A receiver may ask for a longer wait (`Retry-After`, RFC 9110 10.2.3);
it gets what it asks for, up to `LONGEST_ASKED`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

from appliance.runtime.backoff import Backoff

WITHIN: Final = 15.0  # seconds for one try; Standard Webhooks asks for 15 to 30, and the room is small
LONGEST_ASKED: Final = 300.0  # seconds: after these nothing that waits now is worth sending
NO_CLOCK: Final = 30.0  # seconds to the next look for the time of day, without which nothing can be signed
PATIENCE: Final = 10.0  # seconds of failure after which people are told; a restart of a program is no news
_LATER: Final = frozenset({401, 403, 404, 408, 421, 423, 425, 429})
"""Refusals that have to do with the receiver rather than with the event: while it starts, or is mended."""


class Verdict(StrEnum):
    """What became of a try."""

    TAKEN = "taken"
    AGAIN = "again"
    REFUSED = "refused"
    """This event is not wanted, and would not be the second time; the next one may be."""
    GONE = "gone"


def verdict(status: int) -> Verdict:
    """Returns what a status (RFC 9110, 15) means. A redirect is a failure: nothing is sent to where it points."""
    if 200 <= status < 300:
        return Verdict.TAKEN
    if status == 410:
        return Verdict.GONE
    if 400 <= status < 500 and status not in _LATER:
        return Verdict.REFUSED
    return Verdict.AGAIN


def backoff() -> Backoff:
    """Returns the waits between tries."""
    return Backoff(first=1.0, longest=30.0)


def asked(headers: Mapping[str, str], now: datetime) -> float:
    """Returns for how many seconds the receiver wants to be left alone; 0 where it does not say, or says nonsense."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return min(float(value[:9]), LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_ASKED)
