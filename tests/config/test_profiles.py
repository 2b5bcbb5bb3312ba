"""Profiles of speakerphones in files beside the configuration: a mistake is reported, and costs its own file only."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from appliance.cli.main import main
from appliance.config.profiles import MOST, Profiles, profiles_beside
from drivers.speakerphone.profile_file import HELPERS, LAMPS, ProfileFile
from drivers.speakerphone.profiles import profile_of
from drivers.speakerphone.usages import HOOK_SWITCH, LED_MICROPHONE, LED_MUTE, LED_OFF_HOOK, PHONE_MUTE

GOOD = """
name = "Example 100"
product = "1234:*"
device = "*Example*"
pressed = ["hook", "mute"]
repeats = true
rejects = ["button 7"]
rejecting_reports = 1
mute_lamp = "microphone"
cleared = ["ff30:ffff"]
limits = "no hold key"

[lit_with]
mute = ["off_hook", "online"]
"""
ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "room.toml").write_text(ROOM)
    return tmp_path / "room.toml"


def added(room: Path, **files: str) -> Profiles:
    for name, text in files.items():
        (room.parent / "profiles" / f"{name}.toml").write_text(text)
    return profiles_beside(room)


def test_every_key_is_taken(room: Path) -> None:
    (profile,) = added(room, one=GOOD).usable
    assert profile.pressed == {HOOK_SWITCH, PHONE_MUTE}
    assert (profile.repeats, profile.rejecting_reports) == (True, 1)
    assert profile.rejects == (0x090007, 0x0B0007)
    assert profile.mute_lamp == LED_MICROPHONE
    assert profile.lit_with == {LED_MUTE: (LED_OFF_HOOK, 0x08002A)}
    assert profile.cleared == (0xFF30FFFF,)
    assert profile.limits == "no hold key"
    assert profile.fits("EXAMPLE 100 USB", "")
    assert profile.fits("", "1234:0001")


def test_comes_before_the_known_ones_and_in_the_order_of_files(room: Path) -> None:
    first = 'name = "First"\nproduct = "0b0e:0412"\n'
    profiles = added(room, b=first.replace("First", "Second"), a=first).usable
    assert profile_of("Jabra SPEAK 410", "0b0e:0412", profiles).name == "First"
    assert profile_of("Jabra SPEAK 510", "0b0e:0420", profiles).name == "Jabra Speak"


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ('name = 1\nproduct = "1234:5678"', [":1: name: expected text in quotes, got a whole number"]),
        ('name = "X"', [":1: fits no device: expected `product`"]),
        ('name = "X"\nproduct = "1234"', [":2: product: expected `str` matching regex"]),
        ('product = "1234:5678"\nnmae = "X"', [":1: name: is missing", ":2: nmae: unknown key; did you mean `name`?"]),
        ('name = "X"\ndevice = "x"\npressed = ["flash"]', [":3: pressed: 'flash' is none of the possible values"]),
        (
            'name = "X"\ndevice = "x"\n[lit_with]\nmute = ["sun"]\nhood = []',
            [":4: lit_with.mute: 'sun' is none of the possible values", ":5: lit_with.hood: unknown key"],
        ),
        ('name = "X"\ndevice = "x"\nrejecting_reports = 0', [":3: rejecting_reports: expected a whole number from 1"]),
        ("name = [", [":1: not TOML"]),
    ],
)  # fmt: skip
def test_mistakes_say_where_and_cost_their_own_file(room: Path, text: str, mistakes: list[str]) -> None:
    profiles = added(room, good=GOOD, wrong=text)
    assert [profile.name for profile in profiles.usable] == ["Example 100"]
    wrong = str(room.parent / "profiles" / "wrong.toml")
    assert len(profiles.mistakes) == len(mistakes)
    for said, expected in zip(profiles.mistakes, mistakes, strict=True):
        assert said.startswith(wrong + expected)


def test_what_cannot_be_read_is_a_mistake_and_no_folder_is_none(room: Path) -> None:
    folder = room.parent / "profiles"
    (folder / "latin.toml").write_bytes(b'name = "\xe9"')
    (folder / "folder.toml").mkdir()
    (folder / "readme.txt").write_text("not one")
    assert [line.removeprefix(str(folder)).split(" (")[0] for line in profiles_beside(room).mistakes] == [
        "/folder.toml:1: cannot be read: it is a folder",
        "/latin.toml:1: not UTF-8: byte 0xe9",
    ]
    assert profiles_beside(room.parent / "elsewhere" / "room.toml") == Profiles()


def test_too_many_are_said_and_the_first_are_used(room: Path) -> None:
    profiles = added(room, **{f"p{number:03}": GOOD for number in range(MOST + 10)})
    assert len(profiles.usable) == MOST
    assert len(profiles.mistakes) == 1


@given(st.text(max_size=200))
def test_any_text_is_read_or_reported(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "profiles").mkdir()
    (folder / "profiles" / "any.toml").write_text(text, newline="")
    profiles = profiles_beside(folder / "room.toml")
    assert bool(profiles.usable) != bool(profiles.mistakes)


def test_check_reports_them_and_takes_good_ones(room: Path) -> None:
    added(room, good=GOOD)
    assert CliRunner().invoke(main, ["check", str(room)]).exit_code == 0
    added(room, wrong='name = "X"')
    checked = CliRunner().invoke(main, ["check", str(room)])
    assert checked.exit_code == 2
    assert "profiles/wrong.toml:1: fits no device" in checked.output


def test_the_profile_in_the_documentation_works_and_has_every_key(room: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "devices.md").read_text()
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    profiles = added(room, example=example)
    assert profiles.mistakes == ()
    assert {
        name for name in ProfileFile.__struct_fields__ if not re.search(rf"^\[?{name}\b", example, re.MULTILINE)
    } == set()
    assert {word for word in (*LAMPS, *HELPERS) if word not in example} == set()
