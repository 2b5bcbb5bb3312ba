"""Which actions are taken: no stale, replayed, retained or unlisted one is."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.programs.actions import BURST, MEMORY, SPAN, Gate, Judged, Received
from appliance.room.actions import Mute

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


class Moment:
    """The time of day, None while it is not known, and the monotonic clock."""

    def __init__(self) -> None:
        self.time: datetime | None = NOON
        self.now = 100.0


@pytest.fixture
def moment() -> Moment:
    return Moment()


def gate(moment: Moment, *allow: str) -> Gate:
    return Gate(allow or ("mute",), lambda: moment.time, lambda: moment.now)


def message(
    moment: Moment, *, retained: bool = False, expires: int | None = None, received: float | None = None, **body: Any
) -> Received:
    usual = {"id": "1", "do": "mute on", "at": NOON.isoformat()}
    said = {key: value for key, value in (usual | body).items() if value is not None}
    return Received(json.dumps(said).encode(), moment.now if received is None else received, retained, expires)


def why(judged: Judged) -> str:
    assert judged.action is None
    return judged.why.key


def test_a_listed_and_fresh_action_is_taken(moment: Moment) -> None:
    judged = gate(moment).judge(message(moment, by="Reception"))
    assert judged.action == Mute("mic", True)
    assert judged.asked is not None
    assert judged.asked.by == "Reception"


@pytest.mark.parametrize(
    ("allow", "do", "taken"),
    [
        ("mute", "mute off", True),
        ("mute on", "mute  on", True),
        ("mute on", "mute off", False),
        ("mute", "mute_all", False),
        ("mute", "hang_up", False),
        ("mute", " ", False),
        ("volume 40", "volume 4", False),
    ],
)
def test_only_what_is_listed(moment: Moment, allow: str, do: str, taken: bool) -> None:
    judged = gate(moment, allow).judge(message(moment, do=do))
    assert (judged.action is not None) is taken
    assert taken or judged.why.key == "mqtt.not_listed"


def test_nothing_is_taken_where_nothing_is_listed(moment: Moment) -> None:
    assert why(Gate((), lambda: moment.time, lambda: moment.now).judge(message(moment))) == "mqtt.not_listed"


def test_what_nobody_would_end_is_not_taken_though_its_word_is_listed(moment: Moment) -> None:
    assert why(gate(moment, "camera").judge(message(moment, do="camera left"))) == "mistake.mqtt_held"
    assert why(gate(moment, "wait").judge(message(moment, do="wait 5"))) == "mistake.mqtt_held"


@pytest.mark.parametrize(
    ("seconds", "within", "expected"),
    [(0, 5, ""), (-5, 5, ""), (-5.1, 5, "mqtt.stale"), (-3600, 60, "mqtt.stale"), (4.9, 5, ""), (5.1, 5, "mqtt.early")],
)
def test_an_action_is_good_for_its_time(moment: Moment, seconds: float, within: float, expected: str) -> None:
    at = (NOON + timedelta(seconds=seconds)).isoformat()
    judged = gate(moment).judge(message(moment, at=at, within=within))
    assert judged.why.key == expected
    assert (judged.action is None) is bool(expected)


def test_the_time_may_be_a_number(moment: Moment) -> None:
    assert gate(moment).judge(message(moment, at=NOON.timestamp())).action is not None
    assert why(gate(moment).judge(message(moment, at=NOON.timestamp() - 11))) == "mqtt.stale"


def test_a_box_without_the_time_of_day_judges_by_what_it_has(moment: Moment) -> None:
    moment.time = None
    assert gate(moment).judge(message(moment, at="2020-01-01T00:00:00Z")).action is not None
    assert why(gate(moment).judge(message(moment, received=moment.now - 10.1))) == "mqtt.stale"


def test_what_waited_in_the_box_itself_is_stale(moment: Moment) -> None:
    assert why(gate(moment).judge(message(moment, received=moment.now - 10.1))) == "mqtt.stale"


def test_what_nobody_can_judge_is_not_taken(moment: Moment) -> None:
    assert why(gate(moment).judge(message(moment, at=None))) == "mqtt.no_time"
    assert gate(moment).judge(message(moment, at=None, expires=3)).action is not None


def test_a_retained_action_is_not_taken(moment: Moment) -> None:
    assert why(gate(moment).judge(message(moment, retained=True))) == "mqtt.retained"


def test_an_id_is_taken_once(moment: Moment) -> None:
    at = gate(moment)
    assert at.judge(message(moment)).action is not None
    assert why(at.judge(message(moment))) == "mqtt.repeated"
    assert why(at.judge(message(moment, do="mute off"))) == "mqtt.repeated"
    assert at.judge(message(moment, id="2")).action is not None


def test_what_was_refused_may_be_asked_again(moment: Moment) -> None:
    at = gate(moment)
    assert why(at.judge(message(moment, do="hang_up"))) == "mqtt.not_listed"
    assert at.judge(message(moment)).action is not None


def test_a_flood_is_bounded_and_forgets_no_id_that_is_fresh(moment: Moment) -> None:
    at = gate(moment)
    taken = [at.judge(message(moment, id=str(number), at=None, expires=60)).action for number in range(BURST * 2)]
    assert sum(action is not None for action in taken) == BURST
    assert why(at.judge(message(moment, id="0", at=None, expires=60))) == "mqtt.repeated"
    moment.now += SPAN + 0.1
    assert at.judge(message(moment, id="later", at=None, expires=60)).action is not None


def test_memory_is_bounded(moment: Moment) -> None:
    at = gate(moment)
    for number in range(MEMORY + 100):
        moment.now += 1.0
        assert at.judge(message(moment, id=str(number), at=None, expires=60)).action is not None
    assert len(at._ids) == len(at._taken) == MEMORY


@pytest.mark.parametrize(
    "payload",
    [b"", b"null", b"[]", b"mute on", b"{}", b'{"id": "", "do": "mute on"}', b'{"id": "1", "do": ""}', b"\xff" * 10]
    + [b'{"id": "1", "do": "mute on", "within": %s}' % within for within in (b"0", b"-1", b"61", b"null", b'"5"')]
    + [b'{"id": "1", "do": "mute on", "at": %s}' % at for at in (b'"yesterday"', b"1e999", b"[]")]
    + [b"[" * 3000, b'{"id": "1", "do": "mute on", "at": 0, "more": "' + b"x" * 3000 + b'"}'],
)
def test_what_is_no_action_is_refused_with_a_reason(moment: Moment, payload: bytes) -> None:
    assert why(gate(moment).judge(Received(payload, moment.now, expires=5))) in {"mqtt.unreadable", "mqtt.stale"}


@given(st.binary(max_size=200))
def test_no_bytes_break_it(payload: bytes) -> None:
    moment = Moment()
    assert gate(moment).judge(Received(payload, moment.now)).action is None
