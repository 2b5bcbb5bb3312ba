"""The verbs about the text of `room.toml`: read it, and take another on trial."""

import structlog

from appliance.config.bounded import NotToml
from appliance.config.content import LARGEST_FILE
from appliance.config.edit.proposal import Conflict, by_text, mark_of
from appliance.config.edit.secrets import put_back, shown
from appliance.config.edit.text import CannotEdit
from appliance.config.toml import one_line
from appliance.deputy import trial
from appliance.deputy.alone import alone
from appliance.deputy.guarded import changed, says
from appliance.deputy.place import NotNow, Place
from appliance.deputy.requests import Answer, Configure, Conflicting, Done, File, Wrong
from appliance.language.text import Text

log = structlog.get_logger()

_LONGEST_NAME = 80  # characters of whoever wants it, in the journal


def read(place: Place) -> Answer:
    """Returns the file, and how it stands with a trial. Raises `NotNow` and `OSError`."""
    text = place.text()
    found = trial.trial_of(place)
    left = None if found is None else found.left(place.machine.now())
    return File(shown(text), mark_of(text), left, _why_not(text))


def configure(place: Place, wanted: Configure) -> Answer:
    """Takes a text on trial. Raises `NotNow` and `OSError`."""
    with alone(place):
        current = place.text()
        if (why := _why_not(current)) is not None:
            raise NotNow(why)
        new = _with_secrets(wanted.text, current)
        try:
            # no store: what a text names is not looked at by root, on behalf of whoever has sent it
            proposal = by_text(current, wanted.mark if wanted.mark.isascii() else "", new, None)
        except Conflict as conflict:
            return Conflicting(conflict.mark, conflict.difference)
        if proposal.mistakes:
            return Wrong(proposal.mistakes)
        if table := changed(current, new):
            raise NotNow(Text("deputy.guarded", table=table))
        if proposal.difference or new != current:
            _take(place, current, new, one_line(wanted.who)[:_LONGEST_NAME])
        return Done()


def _take(place: Place, current: str, new: str, who: str) -> None:
    """Everything that can fail leaves the text before in force, or gives it back."""
    trial.begin(place, current, new, who)
    try:
        place.machine.settle()
    except OSError:
        trial.give_up(place)
        place.machine.settle()
        raise
    log.info("configuration_on_trial", who=who)


def _why_not(text: str) -> Text | None:
    return Text("deputy.fleet") if "fleet" in says(text) else None


def _with_secrets(text: str, current: str) -> str:
    """The text with the secrets of the one in force; where either is not TOML, as it is: `check` says so then."""
    if len(text) > LARGEST_FILE:
        raise NotNow(Text("deputy.too_large", what="room.toml", most=LARGEST_FILE >> 10))
    try:
        return put_back(text, current)
    except (NotToml, CannotEdit):
        return text
