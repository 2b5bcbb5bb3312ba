"""The command with one thing broken in it, to see that kills notice: `python -m tests.kills.broken NAME run …`."""

import sys
from collections.abc import Callable, Mapping

import pytest

from appliance.cli.main import main
from appliance.services.link.terminal import TerminalService
from appliance.terminal.messages.devices import SetMicMute
from tests.e2e.chaos.broken import Patch, after_each_link, camera_runs_on


def start_sends(patch: Patch) -> None:
    def sends(service: TerminalService) -> None:
        service._link.post_now(SetMicMute(mute=False))

    after_each_link(patch, sends)


def file_is_cut(patch: Patch) -> None:
    patch.setattr("appliance.services.state_files.atomic.write", lambda path, new: path.write_bytes(new[:-1]))


BROKEN: Mapping[str, Callable[[Patch], None]] = {
    each.__name__: each for each in (start_sends, camera_runs_on, file_is_cut)
}

if __name__ == "__main__":
    BROKEN[sys.argv.pop(1)](pytest.MonkeyPatch())
    main()
