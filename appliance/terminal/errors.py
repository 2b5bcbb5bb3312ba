"""The errors between the appliance and a terminal. No message contains a secret."""

from appliance.terminal.loss import Cause, Loss
from appliance.terminal.messages.enums import AuthResult, EvictionCause

LONGEST_TEXT = 200  # characters of the terminal's own text that we repeat


class TerminalError(Exception):
    """Base of everything that this package raises."""


class LinkLost(TerminalError):
    """There is no authorised connection, or it ended before the reply; `loss` says why."""

    def __init__(self, why: str, loss: Loss | Cause = Cause.FAILED) -> None:
        super().__init__(why)
        self.loss = Loss(loss) if isinstance(loss, Cause) else loss

    def again(self) -> "LinkLost":
        """Returns a new error like this one, for another task that waits."""
        return LinkLost(str(self), self.loss)


class Evicted(LinkLost):
    """The terminal revoked the authorisation (`authorizationNeeded`)."""

    def __init__(self, cause: EvictionCause) -> None:
        super().__init__(f"the terminal took the authorisation back ({cause.name})", Cause.EVICTED)
        self.cause = cause


class Busy(TerminalError):
    """Too many requests wait for their reply; this one was not sent."""


class Timeout(TerminalError):
    """The terminal did not reply in time; whether it executed the command is unknown."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(f"no reply to {method} within {seconds:g} s")
        self.method = method


class UnexpectedReply(TerminalError):
    """The terminal accepted the command, and its reply cannot be read; the message names the field."""


class Refused(TerminalError):
    """The terminal replied `result: false`; `text` is its error message."""

    def __init__(self, method: str, text: str, more: str = "") -> None:
        """`more`: what follows in the message."""
        self.method = method
        self.text = text[:LONGEST_TEXT]
        super().__init__(f"the terminal refused {method}: {self.text or 'no reason given'}{more}")


class Unauthorised(Refused):
    """The terminal refused our credentials; `result_code` None where it gave none.

    `tried`: what was refused, in words without the secret: its kind, and which account was asked for.
    """

    def __init__(self, text: str, result_code: AuthResult | None, tried: str = "") -> None:
        super().__init__("auth", text, f"; tried {tried}" if tried else "")
        self.result_code = result_code
        self.tried = tried


def loss_of(error: TerminalError) -> Loss:
    """Returns why there is no session, for the error that ended it."""
    match error:
        case LinkLost(loss=loss):
            return loss
        case Refused(text=text):
            return Loss(Cause.REFUSED, detail=text)
        case Timeout():
            return Loss(Cause.SILENT)
        case UnexpectedReply():
            return Loss(Cause.UNREADABLE)
        case _:
            return Loss(Cause.FAILED)
