"""The client for scripts without trio: every call returns when it is done, or raises.

    from appliance.terminal import blocking

    with blocking.connect("192.0.2.10", pin="FA6") as room:
        print(room.calls.state().app_state)

Commands, replies and errors are those of `appliance.terminal`; see `BlockingClient` for events and time limits.
"""

from appliance.terminal.blocking.client import BlockingClient, BlockingEvents, connect

__all__ = ["BlockingClient", "BlockingEvents", "connect"]
