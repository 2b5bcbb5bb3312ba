"""What offhook-return.service does: whatever waits, however often it is started (see `trial`)."""

from appliance.deputy import trial
from appliance.deputy.place import Place
from appliance.deputy.reset import take_wish


def settle(place: Place) -> None:
    """Does what waits, and has the machine take it. Raises `OSError`; the next time does the rest."""
    if take_wish(place):
        place.machine.reboot()
    elif trial.settle(place):
        place.machine.reload()
