import itertools
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops
from structlog.testing import capture_logs

from appliance.cli.recover import Trouble, configured_display, configured_language, picture, recover, show, waits, words
from appliance.config.schema import Display
from appliance.language.text import Text
from appliance.provision.waiting import Waiting
from drivers.oled.fake import VirtualOled

RIGHT = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n'
TROUBLE = Trouble(
    Text("display.configuration_wrong_key", line=7, key="panel.x"), "Its configuration cannot be used.", "192.168.1.30"
)


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one.convert("L"), other.convert("L")).getbbox() is None


@pytest.fixture(autouse=True)
def logging_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.runtime.logs.configure", lambda _level: None)  # it is for a whole process


def said(path: Path) -> str:
    result = CliRunner().invoke(recover, ["--config", str(path)])
    assert result.exit_code == 0, result.exception
    return result.stdout


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "room.toml"


def test_a_right_configuration_sends_to_the_journal_and_says_the_address(written: Path) -> None:
    written.write_text(RIGHT)
    text = said(written)
    assert "configuration is right" in text
    assert f"This box is {socket.gethostname()}, address 127.0.0.1." in text
    assert "journalctl -u offhook" in text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (RIGHT + '[display]\nbus = "one"\n', "room.toml:6: display.bus: "),
        ("room =", "room.toml:1: "),
        ("", "room.toml:1: room: "),
        (None, "room.toml:1: cannot be read: No such file"),
    ],
)
def test_a_wrong_configuration_is_told_with_its_line(written: Path, content: str | None, reason: str) -> None:
    if content is not None:
        written.write_text(content)
    assert reason in said(written)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (RIGHT.replace("[terminal]", 'language = "ru"\n[terminal]'), "ru"),
        ('[room]\nlanguage = "ru"\n[display]\nbus = "one"\n', "ru"),
        (RIGHT, "en"),
        ('[room]\nlanguage = "tlh"\n', "en"),
        ("room = 5", "en"),
        ("room =", "en"),
        (None, "en"),
    ],
)
def test_the_page_is_in_the_language_of_the_room(written: Path, content: str | None, code: str) -> None:
    if content is not None:
        written.write_text(content)
    spoken = configured_language(written)
    assert spoken.code == code
    assert same(picture(TROUBLE, spoken=spoken), picture(TROUBLE)) is (code == "en")


WRONG = Text("display.configuration_wrong_key", line=7, key="panel.x")


def test_no_network_is_said() -> None:
    assert "address none: no network" in words(Trouble(Text(), "", ""))
    assert not same(picture(Trouble(WRONG, "", "")), picture(Trouble(WRONG, "", "10.0.0.1")))


def test_the_display_is_found_in_a_configuration_that_is_wrong_elsewhere(written: Path) -> None:
    written.write_text('[terminal]\nhost = 7\n[display]\ndriver = "sh1106"\naddress = 0x3D\n')
    assert configured_display(written) == Display(driver="sh1106", address=0x3D)


@pytest.mark.parametrize("content", ["[display", "[display]\nbus = -1\n", None])
def test_the_usual_display_is_tried_where_the_configuration_does_not_say_which(
    written: Path, content: str | None
) -> None:
    if content is not None:
        written.write_text(content)
    assert configured_display(written) == Display()


def test_a_room_without_a_display_has_none(written: Path) -> None:
    written.write_text("[room]\n")
    assert configured_display(written) is None


async def test_the_picture_stays_on_the_glass() -> None:
    glass = VirtualOled()
    await show(Display(), picture(TROUBLE), glass.open)
    assert glass.awake
    assert same(glass.image, picture(TROUBLE))
    assert glass.image.getbbox() is not None


@pytest.mark.parametrize(("size", "pixels"), [("128x32", (128, 32)), ("128x64", (128, 64))])
def test_the_page_is_made_for_the_display_that_is_there(
    written: Path, monkeypatch: pytest.MonkeyPatch, size: str, pixels: tuple[int, int]
) -> None:
    shown: list[tuple[int, int]] = []

    async def looked_at(_display: Display, image: Image.Image) -> None:
        shown.append(image.size)

    monkeypatch.setattr("appliance.cli.recover.show", looked_at)
    written.write_text(f'{RIGHT}[display]\nsize = "{size}"\n')
    said(written)
    assert shown == [pixels]


async def test_a_missing_display_costs_nothing() -> None:
    with capture_logs() as logged:
        await show(Display(bus=251), picture(TROUBLE))
    assert ["no ssd1306 display" in entry["reason"] for entry in logged] == [True]


def test_the_picture_moves_and_loses_nothing() -> None:
    lit = [sum(picture(TROUBLE, shift).convert("L").tobytes()) for shift in range(-2, 3)]
    assert len(set(lit)) == 1
    assert not same(picture(TROUBLE, -2), picture(TROUBLE, 2))


def test_what_is_wrong_with_the_card_is_told_first(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remark = "room.toml: 2 mistakes, line 7"
    monkeypatch.setattr("appliance.cli.recover.card_mistakes", lambda: remark)
    assert f"{remark}; see room.errors.txt on the card." in said(written)


WHO = Waiting("7e14b5d4f45c7c9dfefd", "age1" + "q" * 58)


def test_a_box_without_a_room_says_who_it_is(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.cli.recover.waiting", lambda: WHO)
    text = said(written)
    assert text.startswith("This box waits for its room.\n")
    assert f'machine = "{WHO.machine}"\nrecipient = "{WHO.recipient}"\n' in text
    assert "cannot be used" not in text
    shown = [waits(TROUBLE, WHO), waits(TROUBLE, Waiting("0" * 20)), TROUBLE]
    assert not any(same(picture(one), picture(other)) for one, other in itertools.combinations(shown, 2))


def test_a_room_that_is_there_is_not_waited_for(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.cli.recover.waiting", lambda: WHO)
    written.write_text(RIGHT)
    assert "configuration is right" in said(written)


def test_what_is_wrong_with_the_card_comes_before_waiting(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.cli.recover.waiting", lambda: WHO)
    monkeypatch.setattr("appliance.cli.recover.card_mistakes", lambda: "room.toml: mistake, line 3")
    assert "room.toml: mistake, line 3; see room.errors.txt on the card." in said(written)
