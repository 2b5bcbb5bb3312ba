"""The client: one method for each operation of the interface."""

from appliance.api.client.connection import Connection
from appliance.api.client.operations import Operations
from appliance.runtime.fetch import Way


class Client(Operations):
    """A room, seen from elsewhere. Nothing is sent before something is asked."""

    def __init__(self, base: str, token: str | None = None, way: Way = Way()) -> None:  # noqa: B008  # frozen
        """`base`: `https://HOST:PORT`; `http://` only for this machine. `way`: whom to trust (`trust.pinned`)."""
        super().__init__(Connection(base, token, way))
