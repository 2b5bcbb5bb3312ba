"""`[update]`: safe unless it says otherwise, and nothing that could be read or changed on the way."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config.load import ConfigError, parse
from appliance.config.update import UpdateConfig, is_safe

ROOM = '[room]\nname = "N"\n[terminal]\nhost = "t"\n'


def mistakes(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        parse(ROOM + text, Path("room.toml"))
    return str(caught.value)


def test_nothing_happens_by_itself_unless_it_says_so() -> None:
    config = parse(f"{ROOM}[update]\n", Path("room.toml")).update
    assert config == UpdateConfig(url="", channel="stable", automatic=False, stick=False, ca=None, confirm_after=3)
    assert parse(ROOM, Path("room.toml")).update is None


@pytest.mark.parametrize(
    ("window", "hours"), [("02:00-05:00", (120, 300)), ("22:30-04:00", (1350, 240)), ("00:00-23:59", (0, 1439))]
)
def test_a_window_may_go_over_midnight(window: str, hours: tuple[int, int]) -> None:
    assert UpdateConfig(window=window).hours() == hours


@pytest.mark.parametrize("window", ["", "02:00", "02:00-02:00", "02:00–05:00", "2-5", "02:00-05:00 "])
def test_what_is_no_window_is_said_with_its_line(window: str) -> None:
    said = mistakes(f'[update]\nwindow = "{window}"\n')
    assert said == (
        f"room.toml:6: update.window: `{window}` is not a part of the day; expected one such as 02:00-05:00"
    )


def test_hours_that_there_are_not_are_said() -> None:
    assert "25:00" in mistakes('[update]\nwindow = "25:00-05:00"\n')


@pytest.mark.parametrize(
    "url",
    ["https://u.example.com/offhook", "https://u.example.com:8443/", "http://127.0.0.1:8000/r", "http://[::1]/r"],
)
def test_what_nobody_on_the_way_can_change_is_taken(url: str) -> None:
    assert parse(f'{ROOM}[update]\nurl = "{url}"\n', Path("room.toml")).update == UpdateConfig(url=url)


@pytest.mark.parametrize(
    "url",
    [
        "http://u.example.com/offhook",
        "http://10.0.0.1/offhook",
        "ftp://u.example.com/",
        "file:///data",
        "u.example.com",
        "https://",
        "https://me:secret@u.example.com/",
        "https://u.example.com/?token=1",
        "https://u.example.com/a b",
        "https://u.example.com:99999/",
        "https://[::1",
        "https://u.example.com/" + "a" * 1100,
    ],
)
def test_what_could_be_read_or_changed_is_refused(url: str) -> None:
    assert "update.url" in mistakes(f'[update]\nurl = "{url}"\n')


def test_by_itself_needs_a_repository() -> None:
    assert "expected `url` beside it" in mistakes("[update]\nautomatic = true\n")


@given(st.text(max_size=60))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert is_safe(text) in (True, False)
    assert not is_safe(f"http://{text}") or "127." in text or "localhost" in text.lower() or "::1" in text
