"""Versions are in the order of their release."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.card.update.versions import version

ORDERED = ("0.0.1", "0.1.0rc1", "0.1.0rc2", "0.1.0rc10", "0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0rc1", "1.0.0")


def test_they_are_ordered_by_number_with_candidates_first() -> None:
    assert [str(each) for each in sorted(map(version, reversed(ORDERED)))] == list(ORDERED)


@pytest.mark.parametrize(
    "text", ["", "1", "1.0", "01.0.0", "1.0.0.0", "1.0.0rc", "1.0.0rc0", "1.0.0-1", "v1.0.0", "１.0.0"]
)
def test_anything_else_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="is not a version; expected one such as"):
        version(text)


@given(st.text(max_size=30))
def test_any_text_is_a_version_as_it_stands_or_none(text: str) -> None:
    try:
        assert str(version(text)) == text
    except ValueError:
        assert text not in ORDERED
