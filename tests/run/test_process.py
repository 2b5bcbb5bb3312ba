"""What `offhook run` does before the loop begins."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from appliance.config.load import parse
from appliance.config.profiles import Profiles
from appliance.run import process
from appliance.run.appliance import Appliance
from drivers.speakerphone.profiles import Profile

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'


def test_profiles_reach_the_hardware_and_their_mistakes_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[Appliance] = []
    monkeypatch.setattr("appliance.run.process.trio.run", lambda _main, appliance, _reload: run.append(appliance))
    profile = Profile(name="Example")
    with capture_logs() as logs:
        process.run(
            parse(ROOM, Path("room.toml")),
            Path("room.toml"),
            Profiles((profile,), ("profiles/x.toml:1: name: is missing",)),
        )
    assert [(line["event"], line["mistake"]) for line in logs] == [
        ("profile_not_used", "profiles/x.toml:1: name: is missing")
    ]
    assert run[0].parts.hardware.profiles == (profile,)
