"""Where what the services keep is; how it is read and written is tested with whoever keeps something."""

from pathlib import Path

from appliance.services.state_files import state_directory


def test_the_folder_is_the_first_that_systemd_names() -> None:
    assert state_directory({}) is None
    assert state_directory({"STATE_DIRECTORY": "/var/lib/offhook:/var/lib/other"}) == Path("/var/lib/offhook")
