"""What the link reports of itself: counted for whoever draws figures, noted for whoever maintains the box."""

from appliance.fleet.metrics.counts import Counts
from appliance.maintain.link import LinkRecord
from appliance.room.parts.link import LinkPhase
from appliance.services.link.terminal import link_state
from appliance.terminal.messages.calls import RejectSent
from appliance.terminal.messages.newer.generation import told
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report


def count(report: Report, counts: Counts, now: float) -> None:
    """Counts how the link is, and calls that are declined, which the room does not remember; `now`: monotonic."""
    match report:
        case LinkUp():
            counts.link_is(LinkPhase.UP, "", now)
        case LinkDown(loss):
            counts.link_is(LinkPhase.DOWN, loss.cause.value, now)
        case LinkRefused(refusal):
            counts.link_is(LinkPhase.REFUSED, refusal.value.lower(), now)
        case LinkEvicted(cause):
            counts.link_is(LinkPhase.EVICTED, cause.name.lower(), now)
        case RejectSent():
            counts.calls.declined()


def noted(record: LinkRecord, report: Report, now: float, *, was_up: bool) -> LinkRecord | None:
    """Returns the record with what is reported, None where that is not about the link; `was_up`: until then."""
    match report:
        case LinkUp(snapshot):
            return record.up(now, told(snapshot.app_state, snapshot.ptz).value)
        case LinkDown() | LinkRefused() | LinkEvicted():
            return record.down(now, link_state(report).reason, was_up=was_up)
        case _:
            return None
