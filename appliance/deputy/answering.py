"""From a request to its answer. What is wrong is an answer, too: whoever asks is never left without one.

A process is started for each request, on the slowest board as well: a verb's code is imported when it is asked for.
"""

import structlog

from appliance.deputy.outcome import Outcome
from appliance.deputy.place import NotNow, Place
from appliance.deputy.requests import (
    Backup,
    Configure,
    Done,
    Journal,
    Keep,
    Made,
    Read,
    Reboot,
    Refused,
    Request,
    Reset,
    Restore,
    Return,
    request_in,
)
from appliance.language.text import Text

log = structlog.get_logger()


def understood(line: bytes) -> Request | Outcome:
    """Returns the request in a line, or what is answered to anything else."""
    try:
        return request_in(line)
    except ValueError as error:
        log.warning("not_understood", reason=str(error)[:200])
        return Outcome(Refused(Text("deputy.not_understood")))


def answered(place: Place, request: Request, content: bytes = b"") -> Outcome:
    """Does what is asked, and returns what to answer; blocks. `content`: what followed the request."""
    log.info("asked", what=type(request).__name__)
    try:
        return _done(place, request, content)
    except NotNow as error:
        return Outcome(Refused(error.text))
    except OSError as error:
        log.warning("failed", what=type(request).__name__, reason=str(error))
        return Outcome(Refused(Text("deputy.failed", words=error.strerror or str(error))))


def _done(place: Place, request: Request, content: bytes) -> Outcome:
    match request:
        case Read() | Configure():
            return _configuration(place, request)
        case Keep() | Return():
            return _trial(place, request)
        case Backup() | Restore():
            return _whole(place, request, content)
        case Reset():
            from appliance.deputy.reset import reset  # noqa: PLC0415  # see the module's docstring

            return reset(place)
        case Reboot():
            return Outcome(Done(), then=place.machine.reboot)
        case Journal():
            said = place.machine.journal()
            return Outcome(Made(len(said)), said)


def _configuration(place: Place, request: Read | Configure) -> Outcome:
    from appliance.deputy import configuring  # noqa: PLC0415  # see the module's docstring

    return Outcome(configuring.read(place) if isinstance(request, Read) else configuring.configure(place, request))


def _trial(place: Place, request: Keep | Return) -> Outcome:
    from appliance.deputy import confirming  # noqa: PLC0415  # see the module's docstring

    return Outcome(confirming.keep(place) if isinstance(request, Keep) else confirming.give_back(place))


def _whole(place: Place, request: Backup | Restore, content: bytes) -> Outcome:
    from appliance.deputy import keeping  # noqa: PLC0415  # see the module's docstring

    if isinstance(request, Backup):
        return keeping.backup(place, request.passphrase)
    return keeping.restore(place, request.passphrase, content)
