"""What is common to streams and datagrams: a connected socket that is written to without waiting."""

import os

import trio

from drivers.errors import DeviceLost


class ConnectedSocket:
    """A socket that is connected to the camera `name`, by its file descriptor; whoever opened it closes it."""

    def __init__(self, name: str, socket: trio.socket.SocketType) -> None:
        self._name = name
        self._fd = socket.fileno()

    def _write_now(self, data: bytes) -> bool:
        """Returns whether the kernel took all of it. Raises DeviceLost: if the camera is gone."""
        try:
            return os.write(self._fd, data) == len(data)
        except BlockingIOError:
            return False
        except OSError as error:
            raise self._lost(error) from error

    def _lost(self, error: OSError) -> DeviceLost:
        return DeviceLost(f"visca camera {self._name}: {error.strerror}")
