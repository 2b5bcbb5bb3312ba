"""Scenarios: a timeline in TOML of what people, the terminal itself and the network do to a simulated room."""

import tomllib
from pathlib import Path
from typing import Annotated, Any

import msgspec
import structlog
import trio

from appliance.simulator.control.fault_bodies import FaultsBody, apply_faults
from appliance.simulator.control.verbs import VERBS
from appliance.simulator.model.common.errors import Impossible, Refused, UnknownPeer
from appliance.simulator.model.common.session import Account, Session
from appliance.simulator.model.dispatch import answer
from appliance.simulator.process.simulator import Simulator

log = structlog.get_logger()

Seconds = Annotated[float, msgspec.Meta(ge=0)]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What happens `at` so many seconds after the beginning: exactly one of these.

    - `peer` does the verb `do`, `with` the body that the control interface has for that verb;
    - `room` is a command that somebody gives at the terminal's own screen;
    - `faults` are set off, as in the control interface; the `server` is lost (false) or back again (true).
    """

    at: Seconds
    peer: str = ""
    do: str = ""
    body: dict[str, Any] = msgspec.field(default_factory=dict, name="with")
    room: dict[str, Any] | None = None
    faults: FaultsBody | None = None
    server: bool | None = None

    def __post_init__(self) -> None:
        """Raises `ValueError` for a step with nothing, too much, or something unknown in it."""
        given = [bool(self.peer), self.room is not None, self.faults is not None, self.server is not None]
        if sum(given) != 1:
            raise ValueError("expected exactly one of peer, room, faults, server")
        if self.peer and self.do not in VERBS:
            raise ValueError(f"do is `{self.do}`; expected one of {', '.join(VERBS)}")
        if self.peer:
            msgspec.convert(self.body, VERBS[self.do][0])


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Steps in any order; it begins again `again_after` seconds, or never if that is 0."""

    step: tuple[Step, ...]
    title: str = ""
    again_after: Seconds = 0


class ScenarioError(Exception):
    """A scenario cannot be read; says where, and what was expected."""


def load_scenario(path: Path) -> Scenario:
    """Reads a scenario; raises `ScenarioError`."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text()), Scenario)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ScenarioError(f"{path}: {error}") from None


async def play(simulator: Simulator, scenario: Scenario) -> None:
    """Plays a scenario to its end, or for ever if it begins again; a step that is impossible is logged and skipped."""
    while True:
        began = trio.current_time()
        for step in sorted(scenario.step, key=lambda step: step.at):
            await trio.sleep_until(began + step.at)
            _do(simulator, step)
        if not scenario.again_after:
            return
        await trio.sleep_until(began + scenario.again_after)


def _do(simulator: Simulator, step: Step) -> None:
    try:
        if step.peer:
            kind, act = VERBS[step.do]
            act(simulator.peer(step.peer), msgspec.convert(step.body, kind))
        elif step.room is not None:
            _at_the_screen(simulator, step.room)
        elif step.faults is not None:
            apply_faults(simulator, step.faults)
        else:
            (simulator.restore_server if step.server else simulator.lose_server)()
    except (Impossible, Refused, UnknownPeer) as error:
        log.warning("scenario_step_impossible", at=step.at, reason=str(error))


def _at_the_screen(simulator: Simulator, request: dict[str, Any]) -> None:
    session = Session()
    session.account = Account.ADMINISTRATOR
    with simulator.changing() as terminal:
        reply = answer(terminal, session, msgspec.json.encode(request))
    if not reply["result"]:
        log.warning("scenario_step_impossible", room=request.get("method"), reason=reply["error"])
