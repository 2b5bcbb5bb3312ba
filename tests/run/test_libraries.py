"""What some rooms alone import is there before they are built: a room that becomes such a one waits for none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.processes import ROOT

BUILDS = """
import sys
from pathlib import Path

from appliance.config.load import parse
from appliance.run.appliance import Appliance
from appliance.run.libraries import load
from appliance.run.tables.metrics import metrics
from appliance.run.process import panel
from appliance.run.tables.every import ROOM
from appliance.run.tables.sharing import shared
from appliance.services.box.hardware import hardware_of

config = parse(Path(sys.argv[1]).read_text(), Path("room.toml"), None)
hardware = hardware_of(config)
{load}
before = set(sys.modules)
Appliance(config, hardware, (*ROOM, shared, metrics, panel))
more = set(sys.modules) - before
print(*(name for name in sorted(more) if name.partition(".")[0] not in sys.stdlib_module_names))
"""

ROOM = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
"""
SIGNED = 'secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="'
TABLES = {
    "nothing": "",
    "pages": '[panel]\nlisten = "127.0.0.1:0"\n[api]',
    "kiosk": '[panel]\nlisten = "127.0.0.1:0"\n[kiosk]',
    "metrics": '[metrics]\nlisten = "127.0.0.1:0"',
    "share": '[share]\nlisten = "127.0.0.1:0"\nallow = ["127.0.0.1"]\n[share.clients.d]\nrole = "user"\npin = "471193"',
    "mqtt": '[mqtt]\nhost = "127.0.0.1"\nsite = "hq"\nroom = "neptune"',
    "home assistant": '[mqtt]\nhost = "127.0.0.1"\nsite = "hq"\nroom = "n"\nhome_assistant = "homeassistant"',
    "webhooks": f'[webhooks.chat]\nevents = ["call"]\nurl = "https://127.0.0.1/a"\n{SIGNED}',
    "calendar": '[calendar]\nics_file = "/nowhere/room.ics"',
    "display": "[display]",
}


def imported(folder: Path, tables: str, load: str = "load(config)") -> list[str]:
    room = folder / "room.toml"
    room.write_text(ROOM + tables)
    run = subprocess.run(
        [sys.executable, "-c", BUILDS.format(load=load), str(room)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "STATE_DIRECTORY": str(folder)},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.parametrize("tables", TABLES.values(), ids=TABLES)
def test_building_a_room_imports_nothing_more(tables: str, tmp_path: Path) -> None:
    """Nothing large: of Python itself Jinja takes some modules of a page when it compiles its templates."""
    assert imported(tmp_path, tables) == []


def test_without_loading_it_would(tmp_path: Path) -> None:
    assert "appliance.run.tables.mqtt" in imported(tmp_path, TABLES["mqtt"], load="")
