"""What newer terminals can do beside the manual: their status, their serial port, the version of the interface."""

from collections.abc import Callable

from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import STRING, whole
from appliance.simulator.model.common.table import Fields, Request, Table, asking, given
from appliance.terminal.messages.newer.values import ExtStatus

VERSIONS = ("1", "2")


class NewerMachine:
    """Status and serial port survive a restart. `announce` reports the application state."""

    def __init__(self, com_port: str, ports: tuple[str, ...], emit: Emit, announce: Callable[[], None]) -> None:
        self.ports = ports
        self.com_port = com_port
        self.ext_status = int(ExtStatus.AVAILABLE)
        self.additional_status = ""
        self._emit = emit
        self._announce = announce

    def drive_on(self, port: str) -> None:
        """Drives the camera on another serial port; on none if it is empty."""
        if port and port not in self.ports:
            raise Refused(f"wrong parameter: port must be one of {', '.join(self.ports)}")
        if port != self.com_port:
            self.com_port = port
            self._emit("comPortChanged", port=port)

    def show(self, status: int, text: str) -> None:
        """Shows another status to the others."""
        self.ext_status, self.additional_status = status, text
        self._announce()

    def use(self, version: str) -> None:
        """Takes a version of the interface that it knows; nothing depends on it here."""
        if version not in VERSIONS:
            raise Refused(f"wrong parameter: version must be one of {', '.join(VERSIONS)}")


def _port(machine: NewerMachine) -> Fields:
    return {"port": machine.com_port}


def _show(machine: NewerMachine, request: Request) -> None:
    machine.show(request["extStatus"], request.get("additionalStatus", ""))


NEWER_MACHINE: Table[NewerMachine] = {
    "getComPort": asking(_port),
    "setComPort": given(
        lambda machine, request: machine.drive_on(request["port"]), {"port": STRING}, events=("comPortChanged",)
    ),
    "setExtStatus": given(
        _show, {"extStatus": whole(-1, 10)}, takes={"additionalStatus": STRING}, events=("appStateChanged",)
    ),
    "setUsedApiVersion": given(lambda machine, request: machine.use(request["version"]), {"version": STRING}),
}
