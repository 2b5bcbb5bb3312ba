"""How the process ends itself: by the signals by which others end it, and only where something starts it again."""

import signal

import pytest
import trio

from appliance.run.ending import SIGNALS, WHEN_QUIET, end_of_service
from tests.virtual_time import real


def test_what_nothing_would_start_again_does_not_end_itself() -> None:
    assert end_of_service({"INVOCATION_ID": "0"}) is None  # a shell of systemd's user manager has that, too


@pytest.mark.parametrize(("now", "number"), [(True, signal.SIGTERM), (False, WHEN_QUIET)])
async def test_it_is_told_as_somebody_else_would_tell_it(
    now: bool, number: signal.Signals
) -> None:  # a parameter of the test
    end = end_of_service({"NOTIFY_SOCKET": "/run/systemd/notify"})
    assert end is not None
    with trio.fail_after(real(5)), trio.open_signal_receiver(*SIGNALS) as signals:
        end(now)
        assert await anext(aiter(signals)) == number
