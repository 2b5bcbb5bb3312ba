from pathlib import Path

import pytest
import trio

import appliance.simulator.control
from appliance.simulator.control.scenario import Scenario, ScenarioError, Step, load_scenario, play
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start
from tests.virtual_time import passes

SHIPPED = sorted((Path(appliance.simulator.control.__file__).parent / "scenarios").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
async def test_every_step_of_a_shipped_scenario_is_possible(
    start: Start, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simulator = await start(control_port=None)
    async with authorised(simulator):
        scenario = load_scenario(path)
        await play(simulator, Scenario(step=scenario.step))
        await passes(1)
    assert "scenario_step_impossible" not in "".join(capsys.readouterr())


def test_five_scenarios_are_shipped() -> None:
    assert len(SHIPPED) == 5


async def test_a_lecture(client: Client, simulator: Simulator, nursery: trio.Nursery) -> None:
    lecture = next(path for path in SHIPPED if path.stem == "lecture")
    nursery.start_soon(play, simulator, load_scenario(lecture))
    await client.event("inviteReceived", type=3, confTitle="Lecture")
    await client.event("slideShowStarted", title="Introduction")
    await client.event("roleEventOccured", role=4, broadcast=True)
    await client.event("remarkCountDown", timeout=0)
    await client.event("incomingPodiumInvitationRemoved", reason=1)
    await client.event("conferenceDeleted")


async def test_a_scenario_that_begins_again(client: Client, simulator: Simulator, nursery: trio.Nursery) -> None:
    call = Step(at=1, peer="100", do="call")
    leave = Step(at=3, peer="100", do="leave")
    nursery.start_soon(play, simulator, Scenario(step=(leave, call), again_after=10))
    for _ in range(3):
        await client.event("inviteReceived")
        await client.event("stopCalling")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("step = 1", "step"),
        ("[[step]]\nat = 1", "exactly one of peer, room, faults, server"),
        ('[[step]]\nat = 1\npeer = "a"\ndo = "dance"', "expected one of call"),
        ('[[step]]\nat = -1\npeer = "a"\ndo = "call"', "at"),
        ('[[step]]\nat = 1\npeer = "a"\ndo = "say"', "text"),
        ("[[step", "Expected"),
    ],
)
def test_scenarios_that_cannot_be_read(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(ScenarioError, match=says) as error:
        load_scenario(path)
    assert str(path) in str(error.value)


def test_a_scenario_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"no\.toml"):
        load_scenario(tmp_path / "no.toml")
