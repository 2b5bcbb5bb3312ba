"""`offhook safe`, which systemd runs after a crash."""

from pathlib import Path

from click.testing import CliRunner

from appliance.cli.main import main


def test_without_outputs_there_is_nothing_to_do(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text('[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.20"\n[lamps.muted]\npin = 5\n')
    result = CliRunner().invoke(main, ["safe", "--config", str(path)])
    assert (result.exit_code, result.output) == (0, "")
