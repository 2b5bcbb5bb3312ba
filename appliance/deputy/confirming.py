"""The verbs about what is on trial: it stays, or it returns. They know nothing of what it says, and are quick."""

import contextlib

import structlog

from appliance.deputy import trial
from appliance.deputy.place import NotNow, Place
from appliance.deputy.requests import Answer, Done
from appliance.language.text import Text

log = structlog.get_logger()


def keep(place: Place) -> Answer:
    """Keeps the text on trial. Raises `NotNow` where none is, and `OSError`."""
    if not trial.keep(place):
        raise NotNow(Text("deputy.no_trial"))
    log.info("configuration_kept")
    with contextlib.suppress(OSError):  # elapsed, it finds nothing to do
        place.machine.disarm()
    return Done()


def give_back(place: Place) -> Answer:
    """Returns to the text before, at once. Raises `OSError`."""
    if trial.give_up(place):
        place.machine.settle()
        with contextlib.suppress(OSError):  # as above
            place.machine.disarm()
    return Done()
