"""The ring and the keys' tones; where a process plays them it is a real one."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.language.text import Text
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, EditNumber, HangUp, Tone
from appliance.room.intents.camera import Move
from appliance.room.intents.media import MuteMic
from appliance.room.intents.shown import Explain
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.runtime.followed import Followed
from appliance.services.outputs import tones
from appliance.services.outputs.tones import LOOK_EVERY, TRIAL, ToneService
from drivers.errors import DeviceError, DeviceMissing
from drivers.tones.config import TonesConfig
from drivers.tones.player import Aplay, Player
from drivers.tones.sound import DTMF, KEY_SECONDS, PRESS, PRESS_SECONDS, RING, RING_SECONDS, Sound, tone
from tests.drivers.tones.card import Card
from tests.odd_files import a_pipe
from tests.virtual_time import STUCK, passes, real, still_clock

IGNORED: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
IDLE = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE)
RINGING = msgspec.structs.replace(IDLE, phase=Phase.RINGING)
IN_CALL = msgspec.structs.replace(IDLE, phase=Phase.IN_CALL)
USUAL = TonesConfig()
RING_TONE = tone(RING, RING_SECONDS, USUAL.amplitude)


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    card = Card(tmp_path)
    yield card
    card.close()


class Heard:
    """A player that notes what is heard and when, and takes as long as it lasts; unless its card is gone."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, Sound]] = []
        self.playing: Sound | None = None
        self.gone = False

    async def play(self, sound: Sound) -> None:
        await trio.lowlevel.checkpoint()
        if self.gone:
            raise DeviceMissing("no such card")
        self.heard.append((trio.current_time(), sound))
        self.playing = sound
        try:
            await trio.sleep(sound.seconds)
        finally:
            self.playing = None

    def times_of(self, sound: Sound) -> list[float]:
        return [at for at, heard in self.heard if heard == sound]


def key(symbol: str) -> Sound:
    return tone(DTMF[symbol], KEY_SECONDS, TonesConfig().amplitude)


@asynccontextmanager
async def sounding(
    player: Player, room: Followed[RoomState], config: TonesConfig = USUAL
) -> AsyncIterator[ToneService]:
    service = ToneService(config, room, player)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        yield service
        nursery.cancel_scope.cancel()


async def test_it_rings_one_second_in_five_for_as_long_as_the_terminal_rings(autojump_clock: object) -> None:
    room, player = Followed(IDLE), Heard()
    async with sounding(player, room):
        await passes(60)
        assert [sound for _, sound in player.heard] == [TRIAL]
        began = trio.current_time()
        room.value = RINGING
        await passes(10.5)
        assert player.playing == RING_TONE
        room.value = IN_CALL
        await passes(0.001)
        assert player.playing is None
        await passes(60)
        assert player.times_of(RING_TONE) == pytest.approx([began, began + 5, began + 10])


async def test_a_state_that_rings_still_does_not_begin_again(autojump_clock: object) -> None:
    room, player = Followed(RINGING), Heard()
    async with sounding(player, room):
        await passes(0.5)
        room.value = msgspec.structs.replace(RINGING, mic_muted=True)
        await passes(1)
        assert len(player.times_of(RING_TONE)) == 1


@pytest.mark.parametrize(
    "silent",
    [
        msgspec.structs.replace(RINGING, link=Link(LinkPhase.DOWN)),
        msgspec.structs.replace(RINGING, link=Link(LinkPhase.EVICTED)),
        msgspec.structs.replace(RINGING, halted=True),
        *(msgspec.structs.replace(IDLE, phase=phase) for phase in Phase if phase is not Phase.RINGING),
    ],
)
async def test_what_the_terminal_does_not_confirm_does_not_ring(silent: RoomState, autojump_clock: object) -> None:
    room, player = Followed(RINGING), Heard()
    async with sounding(player, room):
        await passes(0.5)
        room.value = silent
        await passes(0.001)
        assert player.playing is None
        await passes(30)
        assert len(player.times_of(RING_TONE)) == 1


async def test_without_a_ring(autojump_clock: object) -> None:
    room, player = Followed(RINGING), Heard()
    async with sounding(player, room, TonesConfig(ring=False)):
        await passes(30)
        assert player.times_of(RING_TONE) == []


@pytest.mark.parametrize(
    ("intent", "number", "heard"),
    [
        (Tone("5"), "", "5"),
        (EditNumber("12#"), "12", "#"),
        (EditNumber("12"), "", "2"),
        (EditNumber("1"), "12", None),
        (EditNumber(""), "1", None),
        (Call("100"), "100", None),
    ],
)
@pytest.mark.parametrize("keys", [True, False])
async def test_what_is_dialled_is_heard(
    intent: Intent, number: str, heard: str | None, *, keys: bool, autojump_clock: object
) -> None:
    room, player = Followed(IDLE), Heard()
    async with sounding(player, room, TonesConfig(keys=keys)) as service:
        service.intended(intent, msgspec.structs.replace(IDLE, number=number))
        await passes(1)
        assert [sound for _, sound in player.heard[1:]] == ([key(heard)] if heard and keys else [])


PRESSED = tone(PRESS, PRESS_SECONDS, USUAL.amplitude)


@pytest.mark.parametrize(
    ("intent", "heard"),
    [
        (MuteMic(on=True), PRESSED),
        (Call("100"), PRESSED),
        (HangUp(), PRESSED),
        (Tone("5"), PRESSED),
        (Explain(Text("notice.no_link")), None),
        (EditNumber("1"), None),
        (Move(), None),
    ],
)
@pytest.mark.parametrize("presses", [True, False])
async def test_a_press_that_asks_something_of_the_terminal_is_heard_if_wanted(
    intent: Intent, heard: Sound | None, *, presses: bool, autojump_clock: object
) -> None:
    player = Heard()
    async with sounding(player, Followed(IN_CALL), TonesConfig(presses=presses)) as service:
        began = trio.current_time()
        service.intended(intent, IN_CALL)
        await passes(1)
        assert player.heard[1:] == ([(began, heard)] if heard and presses else [])


async def test_a_key_has_its_own_tone_only(autojump_clock: object) -> None:
    player = Heard()
    async with sounding(player, Followed(IN_CALL), TonesConfig(presses=True, keys=True)) as service:
        service.intended(Tone("5"), IN_CALL)
        await passes(1)
        assert [sound for _, sound in player.heard[1:]] == [key("5")]


async def test_a_press_does_not_sound_into_the_ring(autojump_clock: object) -> None:
    player = Heard()
    async with sounding(player, Followed(RINGING), TonesConfig(presses=True)) as service:
        await passes(0.5)
        service.intended(Answer(), RINGING)
        await passes(1)
        assert [sound for _, sound in player.heard[1:]] == [RING_TONE]


async def test_who_types_faster_than_tones_hears_the_last(autojump_clock: object) -> None:
    room, player = Followed(IN_CALL), Heard()
    async with sounding(player, room, TonesConfig(keys=True)) as service:
        for symbol in "123":
            service.intended(Tone(symbol), IN_CALL)
        await passes(0.05)
        for symbol in "456":
            service.intended(Tone(symbol), IN_CALL)
        await passes(1)
        assert [sound for _, sound in player.heard[1:]] == [key("3"), key("6")]


async def test_a_card_that_is_not_there(card: Card) -> None:
    card.missing()
    with pytest.raises(DeviceMissing, match="No such file or directory"):
        await ToneService(USUAL, Followed(IDLE), Aplay(USUAL, str(card.program))).run(task_status=IGNORED)


@pytest.mark.parametrize("ours", [True, False])
async def test_a_card_that_is_pulled_out_is_missed(
    autojump_clock: object, monkeypatch: pytest.MonkeyPatch, *, ours: bool
) -> None:
    cards = {"pcmC0D0p", "pcmC1D0p"}
    monkeypatch.setattr(tones, "sound_cards", lambda: frozenset(cards))
    player = Heard()
    service = ToneService(TonesConfig(), Followed(IDLE), player)
    missed = False

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        nonlocal missed
        try:
            await service.run(task_status=task_status)
        except* DeviceError:
            missed = True

    async with trio.open_nursery() as nursery:
        await nursery.start(run)
        await passes(10 * LOOK_EVERY)
        assert len(player.heard) == 1  # nothing has changed: nobody asked
        cards.remove("pcmC1D0p")
        player.gone = ours
        await passes(2 * LOOK_EVERY)
        assert missed is ours
        assert len(player.heard) == (1 if ours else 2)
        nursery.cancel_scope.cancel()


@pytest.fixture
def still() -> MockClock:
    return still_clock()


async def test_answered_elsewhere_it_is_silent_at_once(card: Card, still: object) -> None:
    room = Followed(IDLE)
    async with sounding(Aplay(TonesConfig(), str(card.program)), room):
        assert await card.until_heard() == TRIAL.wav
        card.never_ends()
        room.value = RINGING
        assert await card.until_heard() == RING_TONE.wav
        assert card.alive()
        room.value = IN_CALL
        began, real_end = trio.current_time(), time.monotonic() + STUCK
        while card.alive():
            assert time.monotonic() < real_end
            await trio.lowlevel.checkpoint()
        assert trio.current_time() == began


async def test_a_file_rings_instead(card: Card, tmp_path: Path) -> None:
    path = tmp_path / "ring.wav"
    path.write_bytes(tone((1000,), 0.5, 1.0).wav)
    room = Followed(IDLE)
    config = TonesConfig(ring_file=str(path), volume=100)
    async with sounding(Aplay(config, str(card.program)), room, config):
        assert await card.until_heard() == TRIAL.wav
        room.value = RINGING
        assert await card.until_heard() == path.read_bytes()


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read: No such file"), (b"ID3", "is no WAV file of plain PCM")]
)
async def test_a_file_that_cannot_ring_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "ring.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DeviceError, match=f"^tones: .*ring.wav {said}"):
        await ToneService(TonesConfig(ring_file=str(path)), Followed(IDLE), Heard()).run(task_status=IGNORED)


async def test_a_sound_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    a_pipe(tmp_path / "ring.wav")
    config = TonesConfig(ring_file=str(tmp_path / "ring.wav"))
    with trio.fail_after(real(2)), pytest.raises(DeviceError, match=r"ring.wav cannot be read: it is a pipe"):
        await ToneService(config, Followed(IDLE), Heard()).run(task_status=IGNORED)
