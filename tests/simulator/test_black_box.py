"""Every printed request of the interface, sent by a plain client in a state where it is legal."""

import json
from pathlib import Path
from typing import Any

import pytest

from appliance.simulator.model.commands import COMMANDS
from tests.simulator.client import authorised
from tests.simulator.conftest import Start
from tests.simulator.legal import LEGAL, OPTIONS, PIN

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "examples.json").read_text())
REQUESTS = {c["name"]: c["requests"] or [{"method": c["name"]}] for c in EXAMPLES["commands"]}
REPLIES = {c["name"]: c["replies"] for c in EXAMPLES["commands"]}
EVENTS = {e["name"]: e["examples"] for e in EXAMPLES["events"]}
EXAMPLES_OF_OTHERS = {
    "getContactDetails",  # `peerDn` names the method
    "getScheduler",  # the event is printed in place of the reply
}
ON_WIRE = {"detailsInfo": "detailInfo"}  # the heading and the examples name it differently
SILENT_HERE = {  # printed fields that belong to another state than the one of the test
    "activateLicense": {"registrationFile"},
    "setAuthParams": {"newPin"},
}
SILENT_EVENTS = {  # the same of events
    ("accept", "conferenceCreated"): {"confTitle", "conferenceOwner", "peerId"},  # an incoming point-to-point call
    ("accept", "newParticipantInConference"): {"role", "broadcast"},
    ("acceptPeer", "newParticipantInConference"): {"role", "broadcast"},
    ("changeVideoMatrix", "videoMatrixChanged"): {"title"},  # nobody shows slides
    ("moveVideoSlotToMonitor", "videoMatrixChanged"): {"title"},
    ("removeVideoSlotFromMonitor", "videoMatrixChanged"): {"title", "peerDn"},
    ("setSettings", "settingsChanged"): {"value"},  # of the type of the setting
    ("createGroup", "groupsAdded"): {"users"},  # nobody is in it yet
}
PICTURE = {"fileName", "fileId"}  # of appStateChanged: no picture is shown


def kind(value: object) -> str:
    """The JSON type of a value."""
    if isinstance(value, bool) or value is None:
        return str(type(value).__name__)
    return "number" if isinstance(value, int | float) else type(value).__name__


def without(printed: Any, names: set[str]) -> Any:
    """A printed value without the fields of these names, however deep."""
    if isinstance(printed, dict):
        return {name: without(value, names) for name, value in printed.items() if name not in names}
    return [without(item, names) for item in printed] if isinstance(printed, list) else printed


def misfit(printed: Any, got: Any, where: str = "") -> str:
    """What of a printed value is missing or of another type; empty where nothing is."""
    if kind(printed) != kind(got) and printed is not None:
        return f"{where}: {kind(got)}, printed as {kind(printed)}"
    if isinstance(printed, dict):
        missing = [f"{where}.{name}" for name in printed if name not in got]
        deeper = [misfit(value, got[name], f"{where}.{name}") for name, value in printed.items() if name in got]
        return "; ".join(filter(None, [", ".join(missing), *deeper]))
    if isinstance(printed, list):
        return "; ".join(filter(None, (_best(item, got, f"{where}[]") for item in printed)))
    return ""


def _best(printed: Any, candidates: list[Any], where: str) -> str:
    """The printed item is like one of those."""
    misfits = [misfit(printed, item, where) for item in candidates] or [f"{where}: nothing there"]
    return min(misfits, key=len)


def fits_one(printed: list[Any], got: Any, but: set[str]) -> str:
    """The misfit to the closest of several printed examples; fields of `but` need not be there."""
    found = [misfit(without(example, but), got) for example in printed]
    return min(found, key=len, default="")


@pytest.mark.parametrize("name", list(REQUESTS))
async def test_printed_requests(start: Start, name: str) -> None:
    legal = LEGAL[name]
    for printed in REQUESTS[name]:
        if name == "auth":
            continue  # see below
        simulator = await start(**{**OPTIONS, **legal.options})
        credentials = PIN if "pin" in legal.options else {"type": "unsecured"}
        async with authorised(simulator, **credentials) as client:
            await legal.state(client, simulator)
            client.kept.clear()
            request = {**printed, "method": name, **legal.change}
            check_reply(name, await client.do(**request))
            for event in legal.events:
                await check_events(client, name, event)


def check_reply(name: str, reply: dict[str, Any]) -> None:
    """The reply to a command is like one of those that are printed."""
    if name not in EXAMPLES_OF_OTHERS:
        assert fits_one(REPLIES[name], {**reply, "requestId": ""}, {"method", *SILENT_HERE.get(name, ())}) == ""


async def check_events(client: Any, name: str, event: str) -> None:
    """An event follows a command, and is like one of those that are printed."""
    silent = PICTURE if event == "appStateChanged" else SILENT_EVENTS.get((name, event), set())
    assert await _event(client, ON_WIRE.get(event, event), EVENTS[event], silent) == "", event


async def _event(client: Any, name: str, printed: list[Any], silent: set[str]) -> str:
    """The misfit of the event of that name to its printed examples; others before it stay."""
    others: list[Any] = []
    while True:
        got = client.kept.pop(0) if client.kept else await client.next()
        if got["event"] == name:
            client.kept[:0] = others
            return fits_one(printed, got, {"event", "method", *silent})
        others.append(got)


def test_every_command_has_a_legal_state() -> None:
    assert set(LEGAL) == set(REQUESTS)


def test_the_table_promises_what_the_document_does() -> None:
    promised = {name: set(COMMANDS[name].events) for name in LEGAL}
    lacking = {name: {ON_WIRE.get(e, e) for e in legal.events} - promised[name] for name, legal in LEGAL.items()}
    assert {name: events for name, events in lacking.items() if events} == {}


@pytest.mark.parametrize("request_", REQUESTS["auth"], ids=str)
async def test_printed_authorisations(start: Start, request_: dict[str, Any]) -> None:
    secured = {"pin": "FA6", "user_password": "super password"} if request_.get("type") == "secured" else {}
    simulator = await start(**OPTIONS, **secured)
    async with authorised(simulator, **(PIN if secured else {"type": "unsecured"})) as client:
        if request_.get("credentials") == "h4is950gkar454pa":  # stands for a token
            request_ = {**request_, "credentials": (await client.do("auth", **PIN))["token"]}
        reply = await client.do(**request_)
        assert fits_one(REPLIES["auth"], reply, set()) == ""
