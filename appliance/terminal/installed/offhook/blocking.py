"""The client for scripts without trio: see `appliance.terminal.blocking`."""

from appliance.terminal.blocking import BlockingClient, BlockingEvents, connect

__all__ = ["BlockingClient", "BlockingEvents", "connect"]
