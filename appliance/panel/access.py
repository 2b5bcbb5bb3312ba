"""Which screens may touch, which may only look, and which may not even that."""

from typing import Final

from starlette.types import Scope

from appliance.access.gate import Gate
from appliance.access.roles import Caller, Role

_AT_THE_BOX: Final = Gate()


class Access:
    """Says which screens may touch: those that `gate` knows, without one only those at the box itself."""

    def __init__(self, gate: Gate = _AT_THE_BOX) -> None:
        self._gate = gate

    def caller(self, scope: Scope) -> Caller | None:
        """Returns who sends a request, or wants a WebSocket; None: nobody that is known."""
        return self._gate.caller(scope)

    def may_touch(self, scope: Scope) -> bool:
        """Returns whether a request, or a WebSocket, comes from a screen that may touch."""
        return self._gate.allows(scope, Role.TOUCH)

    def may_look(self, scope: Scope) -> bool:
        """Returns whether it comes from a screen that may look at the room."""
        return self._gate.allows(scope, Role.VIEW)
