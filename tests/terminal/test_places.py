"""How many requests may wait for their replies."""

import pytest

from appliance.terminal.connection import Hearing
from appliance.terminal.errors import Busy
from appliance.terminal.replies import LIMIT, RESERVED, Replies


def test_a_terminal_that_answers_nothing_can_still_be_told_to_hang_up() -> None:
    replies = Replies(Hearing(0, 0))
    for _ in range(LIMIT):
        replies.expect("setSettings", now=0, timeout=5)
    with pytest.raises(Busy, match="setSettings was not sent"):
        replies.expect("setSettings", now=0, timeout=5)
    for _ in range(RESERVED):
        replies.expect("hangUp", now=0, timeout=5, urgent=True)
    with pytest.raises(Busy, match="hangUp was not sent"):
        replies.expect("hangUp", now=0, timeout=5, urgent=True)
