"""Every enumeration of the interface: see `appliance.terminal.enums`."""

from appliance.terminal.enums import *  # noqa: F403  # all that it names
