"""Why there is no link, for people: the causes of the terminal's package as keys of the catalogue."""

from collections.abc import Mapping

from appliance.language.text import Text
from appliance.terminal.config import Role
from appliance.terminal.loss import Cause, Loss
from appliance.terminal.reports import Refusal

LOSSES: Mapping[Cause, str] = {
    Cause.NO_ANSWER: "lost.no_answer",
    Cause.NOT_LISTENING: "lost.not_listening",
    Cause.NO_ROUTE: "lost.no_route",
    Cause.UNKNOWN_NAME: "lost.unknown_name",
    Cause.NO_WEBSOCKET: "lost.no_websocket",
    Cause.SYSTEM: "lost.system",
    Cause.BROKE: "lost.broke",
    Cause.CLOSED: "lost.closed",
    Cause.SILENT: "lost.silent",
    Cause.TOO_LONG: "lost.too_long",
    Cause.TOO_MANY: "lost.too_many",
    Cause.NOT_ACCEPTED: "lost.not_accepted",
    Cause.REFUSED: "lost.refused",
    Cause.UNREADABLE: "lost.unreadable",
    Cause.EVICTED: "lost.failed",  # the room hears of it as `LinkEvicted`
    Cause.ENDED: "lost.failed",  # and of this not at all
    Cause.FAILED: "lost.failed",
}

REFUSALS: Mapping[Refusal, str] = {
    Refusal.UNPROTECTED: "refused.unprotected",
    Refusal.PIN: "refused.pin",
    Refusal.PASSWORD: "refused.password",
    Refusal.TOKEN: "refused.token",
    Refusal.NOT_LICENSED: "refused.not_licensed",
}

ACCOUNTS: Mapping[Role | None, Text] = {
    "admin": Text("account.admin"),
    "user": Text("account.user"),
    None: Text("account.either"),
}


def why_refused(refusal: Refusal, account: Role | None) -> Text:
    """What the terminal refuses, and for which account it was tried."""
    return Text(REFUSALS[refusal], account=ACCOUNTS[account])


def why_down(loss: Loss) -> Text:
    """Why nothing answers, or why the connection was lost."""
    return Text(LOSSES[loss.cause], where=loss.where, words=loss.detail)
