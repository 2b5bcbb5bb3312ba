"""The channel file: what is believed of it, and which boxes are reached by when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.card.update.channel import LARGEST, Channel, Unbelievable, Wave, check, place, read

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
FIELDS: dict[str, Any] = {
    "format": 1,
    "channel": "stable",
    "serial": 7,
    "issued": NOW - timedelta(hours=1),
    "not_after": NOW + timedelta(days=60),
    "compatible": "offhook-card-arm64",
    "version": "0.2.0",
    "bundle": "bundles/offhook_0.2.0_arm64.raucb",
    "size": 300_000_000,
    "sha256": "0" * 64,
}


def channel(**more: Any) -> Channel:
    return read(msgspec.json.encode(FIELDS | more))


def test_what_a_release_writes_is_read() -> None:
    found = channel(waves=[{"begins": NOW, "percent": 10}], changelog="# 0.2.0", of_next_year=True)
    assert found.waves == (Wave(NOW, 10),)
    check(found, "stable", 7, NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("channel", "nightly"),
        ("serial", 0),
        ("serial", 1.5),
        ("version", "newest"),
        ("least", "old"),
        ("size", 0),
        ("size", (1 << 30) + 1),
        ("sha256", "A" * 64),
        ("sha256", "0" * 63),
        ("bundle", "/etc/passwd"),
        ("bundle", "bundles/../../offhook_0.2.0_arm64.raucb"),
        ("bundle", "https://elsewhere.example.com/offhook_0.2.0_arm64.raucb"),
        ("not_after", "2027-01-01T00:00:00"),
        ("waves", [{"begins": NOW, "percent": 101}]),
        ("waves", [{"begins": NOW, "percent": 1}] * 33),
        ("changelog", "x" * 70_000),
    ],
)
def test_what_no_release_writes_is_refused(field: str, value: object) -> None:
    with pytest.raises(Unbelievable, match="cannot be read"):
        channel(**{field: value})


@pytest.mark.parametrize("field", sorted(FIELDS.keys() - {"format"}))
def test_nothing_may_be_missing(field: str) -> None:
    with pytest.raises(Unbelievable, match="cannot be read"):
        read(msgspec.json.encode({name: value for name, value in FIELDS.items() if name != field}))


@given(
    st.binary(max_size=2000) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(msgspec.json.encode)
)
def test_any_bytes_are_a_channel_file_or_refused(content: bytes) -> None:
    with pytest.raises(Unbelievable):
        read(content)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.none() | st.integers() | st.text() | st.lists(st.text())))
def test_any_values_are_taken_or_refused(values: dict[str, Any]) -> None:
    try:
        found = read(msgspec.json.encode(FIELDS | values))
    except (Unbelievable, UnicodeEncodeError):
        return
    assert ".." not in found.bundle
    assert 0 < found.size <= 1 << 30


def test_a_file_that_is_too_long_or_too_deep_is_refused() -> None:
    for content in (b" " * (LARGEST + 1), b"[" * 100_000):
        with pytest.raises(Unbelievable, match="cannot be read"):
            read(content)


def test_an_older_file_is_not_believed_again() -> None:
    check(channel(serial=8), "stable", 8, NOW)
    with pytest.raises(Unbelievable, match="number 7, older than one seen before, 8"):
        check(channel(serial=7), "stable", 8, NOW)


def test_a_file_that_is_over_is_not_believed() -> None:
    with pytest.raises(Unbelievable, match="was good until 2026-11-27"):
        check(channel(not_after=NOW - timedelta(seconds=1)), "stable", 0, NOW)


def test_another_channel_or_kind_of_box_is_not_followed() -> None:
    with pytest.raises(Unbelievable, match="that of stable; expected testing"):
        check(channel(), "testing", 0, NOW)
    with pytest.raises(Unbelievable, match="another kind of box, toaster"):
        check(channel(compatible="toaster"), "stable", 0, NOW)


def test_waves_begin_one_after_the_other() -> None:
    found = channel(waves=[{"begins": NOW, "percent": 10}, {"begins": NOW + timedelta(days=1), "percent": 100}])
    assert [found.percent(NOW + timedelta(hours=hours)) for hours in (-1, 0, 23, 24)] == [0, 10, 10, 100]
    assert channel().percent(NOW) == 100


def test_a_wave_has_the_share_that_it_names_and_later_ones_have_those_too() -> None:
    tenth = channel(waves=[{"begins": NOW, "percent": 10}])
    half = channel(waves=[{"begins": NOW, "percent": 50}])
    boxes = [f"{number:032x}" for number in range(2000)]
    first = {box for box in boxes if tenth.reaches(box, NOW)}
    assert 140 < len(first) < 260
    assert first < {box for box in boxes if half.reaches(box, NOW)}


def test_other_boxes_are_first_with_another_version() -> None:
    boxes = [f"{number:032x}" for number in range(200)]
    first = {box for box in boxes if place(box, "0.2.0") < 0.1}
    assert first != {box for box in boxes if place(box, "0.3.0") < 0.1}


@given(st.text(max_size=40))
def test_no_box_is_left_out_at_a_hundred_and_none_is_in_at_nought(machine: str) -> None:
    assert channel(waves=[{"begins": NOW, "percent": 100}]).reaches(machine, NOW)
    assert not channel(waves=[{"begins": NOW, "percent": 0}]).reaches(machine, NOW)
