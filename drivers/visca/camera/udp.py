"""The camera role over UDP: bare frames (usual port 1259), or behind Sony's header (port 52381)."""

import math
from collections import OrderedDict
from collections.abc import Callable

import msgspec
import structlog
import trio

from drivers.errors import DeviceLost
from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain
from drivers.visca.camera.datagrams import Bare, Conversation, Sony
from drivers.visca.camera.role import LOOK_AGAIN, NetworkCamera
from drivers.visca.config import endpoint
from drivers.visca.model.actions import Action

log = structlog.get_logger()

MAX_PEERS = 10
"""Peers remembered: five controllers, as Sony's cameras allow, each with a port for commands and one for inquiries."""
LARGEST = 256
"""Bytes read of a datagram; a header and a frame have 24."""
GONE_AFTER = 60.0
"""Seconds without a datagram after which a controller that set an axis moving counts as gone.

Many joysticks say nothing while they are held, so a short silence proves nothing. In this time all but the slowest
drives have crossed the whole range; whoever still holds the stick of a slower one moves it again.
"""
SEND_WITHIN = 0.1
"""Seconds for a datagram to be sent; then it is dropped, as a network may drop it too."""

Peer = tuple[str, int]  # the host and the port that it sends from
Source = tuple[str | int, ...]  # an address as the socket has it


class _Controller(msgspec.Struct, eq=False):
    """A controller that has been heard at least once; `camera` is the camera as it sees it."""

    conversation: Conversation
    source: Source
    heard_at: float

    @property
    def camera(self) -> Camera | Chain:
        return self.conversation.camera

    @property
    def gone_at(self) -> float:
        """When it counts as gone unless it is heard; infinity where that would change nothing."""
        return self.heard_at + GONE_AFTER if self.camera.is_driven else math.inf


class UdpCamera(NetworkCamera):
    """The camera that controllers on the network see; `run` reports their actions. Run it once at a time.

    The network does not tell that a controller is gone. What it set moving stops when it says so, when another
    controller says so, or when it has been silent for GONE_AFTER seconds.
    """

    _known: OrderedDict[Peer, _Controller]  # of the current `run`; who has been silent for longest comes first

    async def run(
        self, emit: Callable[[Action], None], *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Calls `emit`, in the event loop, for everything that controllers ask of the camera, until cancelled.

        `emit` must not block; what it raises ends `run`. It is called before the controller is answered.
        DeviceMissing: nothing can listen there. DeviceLost: the network went away.
        """
        self._known = OrderedDict()
        with await self._listen() as socket:
            log.info("visca_ready", transport=self._config.transport, listen=socket.getsockname()[:2])
            task_status.started()
            try:
                while True:
                    await self._receive(socket, emit)
                    await self._look(socket)
                    self._stop_for_those_gone(emit)
            finally:
                for controller in self._known.values():
                    _leave(controller, emit)

    async def _listen(self) -> trio.socket.SocketType:
        address, port = endpoint(self._config.listen)
        family = trio.socket.AF_INET if address.version == 4 else trio.socket.AF_INET6
        socket = trio.socket.socket(family, trio.socket.SOCK_DGRAM)
        try:
            # a controller on this machine may bind the port on all addresses, the controller role its own reply port
            socket.setsockopt(trio.socket.SOL_SOCKET, trio.socket.SO_REUSEADDR, 1)
            await socket.bind((str(address), port))
        except OSError as error:
            socket.close()
            raise self._not_listening(error) from error
        return socket

    @property
    def _deadline(self) -> float:
        """When something has to be done even if nobody says anything."""
        waiting = any(controller.camera.under_way for controller in self._known.values())
        look_at = trio.current_time() + LOOK_AGAIN if waiting else math.inf
        return min([look_at, *(controller.gone_at for controller in self._known.values())])

    async def _receive(self, socket: trio.socket.SocketType, emit: Callable[[Action], None]) -> None:
        datagram: bytes | None = None
        source: Source = ()
        with trio.move_on_at(self._deadline):
            datagram, source = await self._datagram(socket)
        if datagram is None or not self._allows(str(source[0])):
            return
        replies, actions = self._conversation(source, emit).receive(datagram)
        for action in actions:
            emit(action)
        await _send(socket, replies, source)

    async def _look(self, socket: trio.socket.SocketType) -> None:
        for controller in list(self._known.values()):
            if controller.camera.under_way:
                await _send(socket, controller.conversation.check(), controller.source)

    def _stop_for_those_gone(self, emit: Callable[[Action], None]) -> None:
        for controller in self._known.values():
            if trio.current_time() >= controller.gone_at:
                _leave(controller, emit)

    async def _datagram(self, socket: trio.socket.SocketType) -> tuple[bytes, Source]:
        try:
            return await socket.recvfrom(LARGEST)
        except OSError as error:
            raise DeviceLost(f"visca {self._config.listen}: {error.strerror}") from error

    def _conversation(self, source: Source, emit: Callable[[Action], None]) -> Conversation:
        peer = str(source[0]), int(source[1])
        if peer not in self._known:
            self._known[peer] = _Controller(self._begin(), source, trio.current_time())
        self._known[peer].heard_at = trio.current_time()
        self._known.move_to_end(peer)
        while len(self._known) > MAX_PEERS:
            _leave(self._known.pop(self._least_needed()), emit)
        return self._known[peer].conversation

    def _least_needed(self) -> Peer:
        """Returns who has been silent for longest; whoever is moving the camera only where all others are too."""
        older = list(self._known)[:-1]
        return min(older, key=lambda peer: self._known[peer].camera.is_driven)

    def _begin(self) -> Conversation:
        camera = self._camera()
        return Sony(camera, trio.current_time) if self._config.transport == "sony-udp" else Bare(camera)


def _leave(controller: _Controller, emit: Callable[[Action], None]) -> None:
    for action in controller.camera.leave():
        emit(action)


async def _send(socket: trio.socket.SocketType, replies: list[bytes], source: Source) -> None:
    with trio.move_on_after(SEND_WITHIN):
        for reply in replies:
            try:
                await socket.sendto(reply, source)
            except OSError as error:  # the controller's network is gone, ours need not be
                log.debug("reply_not_sent", host=source[0], reason=error.strerror)
