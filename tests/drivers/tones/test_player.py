import stat
from pathlib import Path

import pytest
import trio
import trio.testing
from trio.testing import MockClock

from drivers.errors import DeviceError, DeviceLost, DeviceMissing
from drivers.tones import player
from drivers.tones.config import TonesConfig
from drivers.tones.player import PATIENCE, Aplay, sound_cards
from drivers.tones.sound import RING, tone
from tests.drivers.tones.card import Card
from tests.virtual_time import still_clock

SOUND = tone(RING, 0.3, 0.5)


def aplay(card: Card, device: str = "plughw:CARD=Device") -> Aplay:
    return Aplay(TonesConfig(device=device), str(card.program))


async def test_the_card_gets_the_sound_as_it_is(card: Card) -> None:
    await aplay(card).play(SOUND)
    arguments, wav = card.last()
    assert wav == SOUND.wav
    assert "--device=plughw:CARD=Device" in arguments
    assert len(card.runs()) == 1


async def test_every_time_from_the_beginning(card: Card) -> None:
    for _ in range(3):
        await aplay(card).play(SOUND)
        assert card.last()[1] == SOUND.wav
    assert len(card.runs()) == 3


@pytest.fixture
def still() -> MockClock:
    return still_clock()


async def test_cancelled_it_is_silent_at_once(card: Card, still: object) -> None:
    card.never_ends()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(aplay(card).play, SOUND)
        await card.until_heard()
        assert card.alive()
        began = trio.current_time()
        nursery.cancel_scope.cancel()
    assert trio.current_time() == began
    assert not card.alive()


async def test_one_sound_at_a_time(card: Card) -> None:
    card.plays_for_one()
    one = aplay(card)
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(one.play, SOUND)
    assert len(card.runs()) == 3


async def test_a_card_that_somebody_else_has(card: Card) -> None:
    card.missing("Device or resource busy")
    with pytest.raises(DeviceError, match=r"audio open error: Device or resource busy$"):
        await aplay(card).play(SOUND)


async def test_no_such_card(card: Card) -> None:
    card.missing()
    with pytest.raises(DeviceMissing, match=r"^sound card plughw:CARD=Device: audio open error: No such file or dir"):
        await aplay(card).play(SOUND)


async def test_a_card_that_hangs(card: Card, mock_clock: MockClock) -> None:
    card.never_ends()

    async def lost() -> None:
        with pytest.raises(DeviceLost, match="does not take the sound"):
            await aplay(card).play(SOUND)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(lost)
        await card.until_heard()
        mock_clock.jump(SOUND.seconds + PATIENCE - 0.1)
        await trio.testing.wait_all_tasks_blocked()
        assert card.alive()
        mock_clock.jump(0.1)
    assert not card.alive()


async def test_no_program(tmp_path: Path) -> None:
    with pytest.raises(DeviceMissing, match="alsa-utils"):
        await Aplay(TonesConfig(), str(tmp_path / "aplay")).play(SOUND)


async def test_a_program_that_cannot_be_run(card: Card) -> None:
    card.program.chmod(stat.S_IRUSR)
    with pytest.raises(DeviceError, match="Permission denied"):
        await aplay(card).play(SOUND)


def descriptors() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


async def test_descriptors_are_closed(card: Card) -> None:
    await aplay(card).play(SOUND)  # what trio opens for its first process stays
    before = descriptors()
    for _ in range(3):
        await aplay(card).play(SOUND)
    card.missing()
    with pytest.raises(DeviceMissing):
        await aplay(card).play(SOUND)
    assert descriptors() == before


def test_cards_are_known_by_their_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "SOUND_DEVICES", tmp_path)
    assert sound_cards() == frozenset()
    for name in ("controlC0", "pcmC0D0c", "pcmC0D0p", "pcmC1D3p", "seq"):
        (tmp_path / name).touch()
    assert sound_cards() == {"pcmC0D0p", "pcmC1D3p"}
    monkeypatch.setattr(player, "SOUND_DEVICES", tmp_path / "none")
    assert sound_cards() == frozenset()


@pytest.mark.parametrize(("volume", "amplitude"), [(0, 0.0), (50, 0.25), (100, 1.0)])
def test_volume(volume: int, amplitude: float) -> None:
    assert TonesConfig(volume=volume).amplitude == amplitude
