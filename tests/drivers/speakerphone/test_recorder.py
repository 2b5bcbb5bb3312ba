"""Recording: a person is led through the keys of a device, and what it says and shows is in the file."""

import io

import pytest
import trio
from trio.testing import MockClock

from appliance.cli.devices.try_out import record_all
from drivers.errors import DeviceLost
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.fake import DESCRIPTOR, VirtualSpeakerphone
from drivers.speakerphone.recorder import PATIENCE
from drivers.speakerphone.recording import Header, Heard, Lit, Outcome, Recording, Sent, in_hex, read
from drivers.speakerphone.steps import STEPS
from tests.drivers.speakerphone.scripted import SCRIPTS, Finger, ScriptedPhone, virtual_do
from tests.virtual_time import real

HEADER = Header(name="virtual speakerphone", origin="synthetic: in a test", descriptor=in_hex(DESCRIPTOR))


@pytest.fixture
def clock() -> MockClock:
    """Jumps when nothing happens, and leaves the sockets time to deliver."""
    return MockClock(autojump_threshold=real(0.005))


async def recorded(phone: VirtualSpeakerphone | ScriptedPhone, finger: Finger, header: Header = HEADER) -> Recording:
    file = io.StringIO()
    await record_all(header, SpeakerphoneConfig(), file, finger, phone.open)
    return read(file.getvalue())


def outcomes(recording: Recording) -> dict[str, str]:
    return {line.step: line.how for line in recording.lines if isinstance(line, Outcome)}


@pytest.mark.parametrize("name", SCRIPTS)
async def test_every_step_that_a_device_can_do_is_understood_and_every_other_skipped(
    name: str, clock: MockClock
) -> None:
    script = SCRIPTS[name]
    phone = ScriptedPhone(script)
    recording = await recorded(phone, Finger(phone.do), script.header())
    can = {step.name: "understood" if step.name in script.steps else "skipped" for step in STEPS}
    assert outcomes(recording) == can
    assert [line.report for line in recording.lines if isinstance(line, Sent)] == phone.written
    assert recording.header == script.header()
    assert set(phone.written[-1][3:].split()) == {"00"}  # dark again


async def test_lamps_are_recorded_by_name_and_the_device_is_dark_in_the_end(clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    recording = await recorded(phone, Finger(virtual_do(phone)))
    assert outcomes(recording)["mute"] == "understood"
    assert ["off_hook", "mute"] in [line.lit for line in recording.lines if isinstance(line, Lit)]
    assert ["ring"] in [line.lit for line in recording.lines if isinstance(line, Lit)]
    assert not any(phone.lamps.values())


async def test_times_are_those_of_the_reports(clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    times = [line.at for line in (await recorded(phone, Finger(virtual_do(phone)))).lines]
    assert times == sorted(times)
    assert times[-1] > len(STEPS)


async def test_a_key_that_is_not_pressed_is_waited_for_and_given_up(clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    recording = await recorded(phone, Finger(lambda _: True))
    assert set(outcomes(recording).values()) == {"nothing"}
    assert recording.lines[-1].at >= len(STEPS) * PATIENCE


async def test_reports_that_mean_something_else_are_said_to(clock: MockClock) -> None:
    phone = VirtualSpeakerphone()

    def louder(step: str) -> bool:
        if step == "mute":
            phone.volume(1)
        return False  # and Enter

    recording = await recorded(phone, Finger(louder))
    assert outcomes(recording)["mute"] == "not understood"
    assert outcomes(recording)["unmute"] == "skipped"


async def test_what_was_recorded_before_a_device_goes_is_kept(clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    file = io.StringIO()

    def pull(step: str) -> bool:
        if step == "mute":
            phone.unplug()
        else:
            phone.hook(True)
        return True

    with pytest.raises(BaseExceptionGroup) as gone:
        await record_all(HEADER, SpeakerphoneConfig(), file, Finger(pull), phone.open)
    assert gone.group_contains(DeviceLost, match="virtual speakerphone went away")
    assert [line.report for line in read(file.getvalue()).lines if isinstance(line, Heard)] == ["02 01", "02 01"]


async def test_who_is_interrupted_leaves_no_lamp_lit(clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    lit: list[bool] = []

    def interrupt(step: str) -> bool:
        if step == "decline":
            lit.append(phone.lamps["ring"])
            scope.cancel()
        return virtual_do(phone)(step) or step != "decline"

    with trio.CancelScope() as scope:
        await recorded(phone, Finger(interrupt))
    assert lit == [True]
    assert not any(phone.lamps.values())
