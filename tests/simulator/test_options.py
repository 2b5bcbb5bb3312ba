from typing import Any

import pytest

from appliance.simulator.options import SimulatorOptions


@pytest.mark.parametrize(
    "options",
    [
        {"pin": "1", "password": "2"},
        {"pin": ""},
        {"user_pin": "1"},
        {"pin": "1", "user_password": "1"},
    ],
)
def test_protections_that_no_terminal_would_accept(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="pin"):
        SimulatorOptions(**options)


def test_secrets_are_in_no_repr() -> None:
    assert "FA6" not in repr(SimulatorOptions(pin="FA6"))
