import msgspec
import pytest

from drivers.oled.config import OledConfig


def test_defaults_suit_the_usual_module() -> None:
    assert msgspec.convert({}, OledConfig) == OledConfig(driver="ssd1306", bus=1, address=0x3C, rotate=0)


@pytest.mark.parametrize(
    "table", [{"driver": "ssd1322"}, {"bus": -1}, {"address": 0x80}, {"rotate": 1}, {"width": 128}, {"address": "0x3C"}]
)
def test_wrong_values_are_refused(table: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match=next(iter(table))):
        msgspec.convert(table, OledConfig)
