import pytest

from appliance.cli.simulate import _room_options
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.exchange import Exchange
from appliance.simulator.process.simulator import Simulator
from tests.simulator.conftest import Start


@pytest.fixture
async def rooms(start: Start) -> list[Simulator]:
    """Three rooms who can call each other."""
    found = []
    for options in _room_options(SimulatorOptions(control_port=None), 3):
        fields = {name: getattr(options, name) for name in options.__struct_fields__}
        found.append(await start(**fields))
    Exchange().join(found)
    return found
