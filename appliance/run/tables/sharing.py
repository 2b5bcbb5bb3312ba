"""`[share]`, and the socket on this machine: the session of the terminal, for programs."""

import functools
from collections.abc import Iterator

from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.terminal.boxes import own_socket


def shared(parts: Parts) -> Iterator[Service]:
    """Yields what serves the terminal's session to programs: on this machine, and on the network as `[share]` says.

    Here there has to be a folder for its socket. The first service carries the commands of both.
    """
    place, config = own_socket(), parts.config.share
    if place is not None or config is not None:
        yield Service("sharing", functools.partial(parts.sharing.run, place))
    if config is None:
        return
    from appliance.services.programs.network_sharing import NetworkSharingService  # noqa: PLC0415  # who shares nothing there need not wait for its libraries

    yield Service("network sharing", NetworkSharingService(config, parts.sharing, parts.config.terminal.host).run)
