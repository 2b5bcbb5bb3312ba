"""Where a configuration may come from; what is not a file is refused and not waited for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.config import content
from appliance.config.content import Undecodable, read_content
from appliance.config.profiles import FOLDER, profiles_beside
from tests.odd_files import a_device, a_folder, a_pipe, a_socket


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (a_folder, "it is a folder"),
        (a_device, "it is a device"),
        (a_socket, "it is a socket"),
        (a_pipe, "nothing came"),
    ],
)
def test_what_is_no_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path], None], words: str
) -> None:
    monkeypatch.setattr(content, "PIPE_TIME", 0.01)
    put(tmp_path / "room.toml")
    with pytest.raises(Undecodable, match=words):
        read_content(tmp_path / "room.toml")


def test_pipe_that_a_shell_fills_is_read(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"[room]\n")
    os.close(write_end)
    assert read_content(Path(f"/dev/fd/{read_end}")) == b"[room]\n"
    os.close(read_end)


def test_link_to_a_configuration_is_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("[room]\n")
    (tmp_path / "room.toml").symlink_to(tmp_path / "theirs")
    assert read_content(tmp_path / "room.toml") == b"[room]\n"


@pytest.mark.parametrize("put", [a_folder, a_device, a_socket, a_pipe])
def test_profile_that_is_no_file_costs_itself(tmp_path: Path, put: Callable[[Path], None]) -> None:
    (tmp_path / FOLDER).mkdir()
    put(tmp_path / FOLDER / "odd.toml")
    profiles = profiles_beside(tmp_path / "room.toml")
    assert profiles.usable == ()
    assert "odd.toml:1: cannot be read: it is a" in profiles.mistakes[0]
