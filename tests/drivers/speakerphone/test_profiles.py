"""Devices of which something is known that their descriptors do not tell; and all others, which stay as they were."""

import pytest
import trio
from structlog.testing import capture_logs

from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.events import ReportsOnly
from drivers.speakerphone.profiles import GENERIC, PROFILES, profile_of
from drivers.speakerphone.reports import InputReports, OutputReports
from drivers.speakerphone.requests import Flash, HoldKey, HookOff, HookOn, MuteKey, Reject, Request, VolumeKey
from drivers.speakerphone.session import Session
from drivers.speakerphone.telephony import LAMP_USAGES, Conversation, Lamps
from tests.drivers.speakerphone import descriptors as hid

IDLE, RINGING, IN_CALL = Lamps(), Lamps(ring=True), Lamps(off_hook=True)


class Device:
    """One of a kind, which has been shown what an idle room shows."""

    def __init__(self, descriptor: bytes, product: str = "", name: str = "Phone") -> None:
        profile = profile_of(name, product)
        self._inputs = InputReports(parse(descriptor), profile.pressed)
        self._conversation = Conversation(profile)
        self.shows(IDLE, at=0)

    def shows(self, lamps: Lamps, at: float) -> None:
        self._conversation.lamps_sent(lamps, at)

    def says(self, report: str, at: float) -> list[Request]:
        return self._conversation.heard(self._inputs.read(bytes.fromhex(report)), at)


@pytest.mark.parametrize(
    ("name", "product", "expected"),
    [
        ("Jabra SPEAK 410 USB", "0b0e:0412", "Jabra Speak"),
        ("Jabra SPEAK 510 USB", "0b0e:0420", "Jabra Speak"),
        ("Logitech Group Speakerphone", "046d:0857", "Logitech Group"),
        ("Yealink WH62", "6993:b0a9", "Yealink"),
        ("Polycom CX300", "095d:9201", "Polycom CX300"),
        ("Gigaset ION", "1e85:0001", "Gigaset"),
        ("Poly Sync 20", "047f:9215", "Poly"),
        ("Jabra SPEAK 710", "0b0e:2475", "generic"),
        ("Yealink", "", "generic"),
        ("", "", "generic"),
    ],
)
def test_who_has_which(name: str, product: str, expected: str) -> None:
    assert profile_of(name, product).name == expected


def test_every_profile_fits_somebody_and_says_something() -> None:
    for profile in PROFILES:
        assert profile.product or profile.device
        assert profile.name != GENERIC.name


@pytest.mark.parametrize("product", ["0b0e:0412", "0b0e:0420"])
class TestJabraSpeak:
    def test_answers_hangs_up_and_rests(self, product: str) -> None:
        device = Device(hid.JABRA_SPEAK, product)
        device.shows(RINGING, at=5)
        assert device.says("02 01", at=6) == [HookOff()]
        device.shows(IN_CALL, at=6.1)
        assert device.says("02 01", at=6.2) == []
        assert device.says("02 05", at=9) == [Flash()]
        assert device.says("02 01", at=9.1) == []
        assert device.says("02 00", at=20) == [HookOn()]

    def test_of_the_buttons_only_one_declines(self, product: str) -> None:
        device = Device(hid.JABRA_SPEAK, product)
        device.shows(RINGING, at=5)
        assert device.says("02 10", at=6) == []
        assert device.says("02 08", at=7) == [Reject()]

    def test_volume(self, product: str) -> None:
        device = Device(hid.JABRA_SPEAK, product)
        assert device.says("01 01", at=1) == [VolumeKey(-1)]
        assert device.says("01 00", at=1.1) == []
        assert device.says("01 02", at=1.2) == [VolumeKey(1)]


class TestLogitechGroup:
    def test_hook_only_says_that_it_was_pressed(self) -> None:
        device = Device(hid.LOGITECH_GROUP, "046d:0857")
        device.shows(RINGING, at=5)
        assert device.says("01 01", at=6) == [HookOff()]
        assert device.says("01 00", at=6.1) == []
        device.shows(IN_CALL, at=6.2)
        assert device.says("01 00", at=8) == []
        assert device.says("01 01", at=20) == [HookOn()]

    def test_mute_only_says_that_it_was_pressed(self) -> None:
        device = Device(hid.LOGITECH_GROUP, "046d:0857")
        for press in (1.0, 2.0):
            assert device.says("01 02", at=press) == [MuteKey()]
            assert device.says("01 00", at=press + 0.1) == []

    def test_without_the_profile_its_key_let_go_would_count(self) -> None:
        assert Device(hid.LOGITECH_GROUP).says("01 02", at=1) == [MuteKey(True)]

    @pytest.mark.parametrize("report", ["01 04", "01 08"])
    def test_either_button_declines(self, report: str) -> None:
        device = Device(hid.LOGITECH_GROUP, "046d:0857")
        device.shows(RINGING, at=5)
        assert device.says(report, at=6) == [Reject()]


class TestYealink:
    def test_in_a_call(self) -> None:
        device = Device(hid.YEALINK_LIKE, "6993:b0a9")
        device.shows(RINGING, at=5)
        assert device.says("04 01 00", at=6) == [HookOff()]
        device.shows(IN_CALL, at=6.1)
        assert device.says("04 05 00", at=8) == [MuteKey(True)]
        assert device.says("04 0d 00", at=9) == [HoldKey(True)]

    def test_reject_key(self) -> None:
        device = Device(hid.YEALINK_LIKE, "6993:b0a9")
        device.shows(RINGING, at=5)
        assert device.says("04 40 00", at=6) == [Reject()]


class TestPolycom:
    def test_call_and_mute(self) -> None:
        device = Device(hid.POLYCOM_CX300, "095d:9201")
        assert device.says("01 01", at=1) == [HookOff()]
        device.shows(IN_CALL, at=1.1)
        assert device.says("01 01", at=1.2) == []
        assert device.says("01 03", at=5) == [MuteKey()]
        assert device.says("01 01", at=5.1) == []
        assert device.says("01 09", at=6) == [VolumeKey(1)]
        assert device.says("01 00", at=9) == [HookOn()]

    def test_no_button_declines(self) -> None:
        device = Device(hid.POLYCOM_CX300, "095d:9201")
        device.shows(RINGING, at=5)
        assert device.says("01 04", at=6) == []


class TestGigaset:
    def test_first_on_hook_is_the_answer_to_the_ring_lamp(self) -> None:
        device = Device(hid.GIGASET_ION, name="Gigaset ION")
        device.shows(RINGING, at=5)
        assert device.says("02 00", at=5.8) == []
        assert device.says("02 00", at=7) == [Reject()]

    def test_keys(self) -> None:
        device = Device(hid.GIGASET_ION, name="Gigaset ION")
        device.shows(RINGING, at=5)
        assert device.says("02 80", at=6) == [Reject()]
        assert device.says("02 01", at=7) == [HookOff()]
        device.shows(IN_CALL, at=7.1)
        assert device.says("02 11", at=9) == [Flash()]


class Plugged(ReportsOnly):
    """Takes what it is sent."""

    fd = -1

    def __init__(self, descriptor: bytes, product: str, name: str = "Phone") -> None:
        self.descriptor, self.product, self.name = parse(descriptor), product, name
        self.written: list[str] = []

    async def write(self, report: bytes) -> None:
        await trio.lowlevel.checkpoint()
        self.written.append(report.hex(" "))


async def sent(descriptor: bytes, product: str, lamps: Lamps) -> list[str]:
    plugged = Plugged(descriptor, product)
    await Session(plugged).begin(lamps)
    return plugged.written


MUTED_CALL = Lamps(off_hook=True, mute=True)


async def test_jabra_is_put_in_the_common_way_first_and_its_microphone_lamp_is_the_mute_lamp() -> None:
    assert await sent(hid.JABRA_SPEAK, "0b0e:0412", MUTED_CALL) == ["05 00", "02 09"]
    assert await sent(hid.JABRA_SPEAK, "", MUTED_CALL) == ["02 19"]


async def test_a_mute_lamp_that_is_not_there_is_nobodys_choice() -> None:
    assert await sent(hid.POLYCOM_CX300, "0b0e:0412", MUTED_CALL) == ["01 05"]
    assert await sent(hid.YEALINK_LIKE, "0b0e:0412", MUTED_CALL) == ["04 03 00"]


@pytest.mark.parametrize(
    ("descriptor", "product", "expected"),
    [
        (hid.LOGITECH_GROUP, "046d:0857", "01 03"),
        (hid.YEALINK_LIKE, "6993:0001", "04 03 00"),
        (hid.POLYCOM_CX300, "095d:9201", "01 05"),
        (hid.GIGASET_ION, "", "02 13 00"),
    ],
)
async def test_lamps_of_the_others(descriptor: bytes, product: str, expected: str) -> None:
    assert await sent(descriptor, product, MUTED_CALL) == [expected]


async def test_a_profile_is_said_once_and_a_generic_device_says_nothing() -> None:
    with capture_logs() as logs:
        await sent(hid.YEALINK_LIKE, "6993:0001", IDLE)
        await sent(hid.YEALINK_LIKE, "", IDLE)
    assert [(line["event"], line["profile"]) for line in logs] == [("speakerphone_profile", "Yealink")]


@pytest.mark.parametrize("descriptor", hid.REAL_LOOKING.values())
def test_the_generic_way_lights_what_the_descriptor_has(descriptor: bytes) -> None:
    lamps = OutputReports(parse(descriptor), LAMP_USAGES).lamps
    assert GENERIC.lit(LAMP_USAGES, lamps) == LAMP_USAGES
