"""Every operation of the interface as a method.

Written by scripts/api_client.py from the table in appliance/api/operations.py.
"""

from collections.abc import Callable

from appliance.api.about import About
from appliance.api.asks import Ask, Done, Forms
from appliance.api.client.connection import Connection
from appliance.api.client.items import Told
from appliance.api.health import Health
from appliance.api.looked import Seen


class Operations:
    """All of them. Each raises `RemoteError`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def view(self) -> Seen:
        """The room as panels are shown it.

        GET /view. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/view", Seen)

    async def events(self, hear: Callable[[Told], None], after: str | None = None) -> None:
        """The room as it changes, and what happens in it.

        GET /events. Needs the role `view`.
        """
        await self._connection.follow("/events", hear, after)

    async def actions(self) -> Forms:
        """What may be asked of the room.

        GET /actions. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/actions", Forms)

    async def post_action(self, ask: Ask, *, idempotency_key: str | None = None) -> Done:
        """Ask something of the room.

        POST /actions. Needs the role `touch`.
        """
        return await self._connection.ask(
            "POST", "/actions", Done, body=ask, headers={"Idempotency-Key": idempotency_key}
        )

    async def health(self) -> Health:
        """The link and every service, with since when and why.

        GET /health. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/health", Health)

    async def version(self) -> About:
        """Which box this is, and what it speaks.

        GET /version. Needs the role `view`.
        """
        return await self._connection.ask("GET", "/version", About)
