"""Where the box's own network is wrong, that is why there is no link, until it is right or the link is up."""

import trio

from appliance.language.text import NOTHING, Text
from appliance.room.parts.link import LinkPhase
from appliance.services.link.terminal import TerminalService
from appliance.services.store import RoomStore
from appliance.terminal.config import TerminalConfig
from appliance.terminal.link import Link
from appliance.terminal.loss import Cause, Loss
from appliance.terminal.reports import LinkDown, LinkRefused, Refusal

CABLE = Text("network.no_cable", interface="eth0")
LOST = Text("lost.no_route", where="192.0.2.1:8765", words="")


async def test_the_network_is_the_reason_while_it_is_wrong() -> None:
    store, network = RoomStore(), [NOTHING]
    link = Link(TerminalConfig(host="192.0.2.1"), lambda _report: None, hear=lambda _event, _frame: None)
    service = TerminalService(
        store, link, heard_key=lambda _key: None, renewed=lambda: None, network=lambda: network[0]
    )
    service.network_changed()
    assert store.state.link.phase is LinkPhase.STARTING
    service.hear(LinkDown(Loss(Cause.NO_ROUTE, "192.0.2.1:8765"), "no route"))
    assert store.state.link.reason == LOST
    network[0] = CABLE
    service.network_changed()
    assert store.state.link.reason == CABLE
    service.hear(LinkDown(Loss(Cause.NO_ROUTE, "192.0.2.1:8765"), "no route"))
    assert store.state.link.reason == CABLE
    network[0] = NOTHING
    service.network_changed()
    assert store.state.link.reason == LOST
    network[0] = CABLE
    service.hear(LinkRefused(Refusal.PIN, None))
    service.network_changed()
    assert store.state.link.phase is LinkPhase.REFUSED
    assert store.state.link.reason.key == "refused.pin"
    await trio.lowlevel.checkpoint()
