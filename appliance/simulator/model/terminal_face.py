"""What the edge of the model needs to know of the terminal to speak as a newer one."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from appliance.simulator.model.messaging.transfer import Transfer


class Face(Protocol):
    """A terminal, seen by who puts its messages into words."""

    @property
    def ext_status(self) -> int:
        """What the others see of it."""
        ...

    @property
    def additional_status(self) -> str:
        """The text beside that."""
        ...

    @property
    def in_a_call_between_two(self) -> bool:
        """Whether there is one other side."""
        ...

    @property
    def asking_for_podium(self) -> Collection[str]:
        """Who asks to speak, the room perhaps."""
        ...

    @property
    def invited_to_podium(self) -> Collection[str]:
        """Who is asked to speak, the room perhaps."""
        ...

    @property
    def camera_in_use(self) -> tuple[str, str]:
        """Name and description of the camera in use."""
        ...

    @property
    def com_ports(self) -> Sequence[str]:
        """Serial ports on which it could drive a camera by itself."""
        ...

    @property
    def hidden(self) -> Sequence[str]:
        """Video slots that are not shown."""
        ...

    @property
    def latest_transfer(self) -> str:
        """The newest file on its way, as newer terminals name it."""
        ...

    def transfer(self, number: int) -> Transfer:
        """A file on its way."""
        ...

    def party_of(self, transfer: Transfer) -> dict[str, Any]:
        """Who is at the other end; nothing for a file to everybody."""
        ...

    def meetings(self) -> list[dict[str, Any]]:
        """The planned meetings as the manual's event has them."""
        ...
