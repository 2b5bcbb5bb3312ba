"""What may stand where a file of ours is expected."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "in it").write_text("kept")


def a_link(path: Path) -> None:
    """A link to a file of somebody else."""
    (path.parent.parent / "theirs").write_text("theirs")
    path.symlink_to(path.parent.parent / "theirs")


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent.parent / "nothing")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(here)


ODD: Final[tuple[Callable[[Path], None], ...]] = (
    a_pipe,
    a_folder,
    a_link,
    a_link_to_nothing,
    a_link_to_itself,
    a_device,
    a_socket,
)
