"""`offhook network`: all that is known, and what is wrong."""

import ipaddress
from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.cli.recover import recover
from appliance.services.network.facts import Facts, Gateway, Interface, Port

OWN = (ipaddress.ip_interface("127.0.0.1/8"), ipaddress.ip_interface("2001:db8::2/64"))
WELL = Facts(
    interfaces=(
        Interface("eth0", carrier=True, port=Port("open"), addresses=OWN),
        Interface("wlan0", wireless=True, port=Port("refused", "wrong_name", "/CN=\x1b[31mradius")),
    ),
    gateways=(Gateway(ipaddress.ip_address("192.168.20.1"), "eth0", answers=True),),
    name_servers=("192.168.20.1",),
    time_known=False,
)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[Facts]:
    found = [WELL]
    for module in ("network.command", "recover"):
        monkeypatch.setattr(f"appliance.cli.{module}.facts", lambda _kernel: found[0])
    return found


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.toml"
    path.write_text('[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n')
    return path


def test_it_prints_all_that_is_known(known: list[Facts], room: Path) -> None:
    result = CliRunner().invoke(main, ["network", "--config", str(room)])
    assert result.stdout.splitlines() == [
        "eth0      cable         yes",
        "eth0      802.1X        open",
        "eth0      address       127.0.0.1/8, 2001:db8::2/64",
        "wlan0     radio link    no",
        "wlan0     Wi-Fi         refused: wrong name /CN=\\x1b[31mradius",
        "wlan0     address       none",
        "gateway   192.168.20.1  by eth0: answers",
        "names     name servers  192.168.20.1",
        "time      time server   none has answered",
        "terminal  127.0.0.1     from 127.0.0.1, by eth0",
        "",
        "The network's server is another than room.toml says: /CN=\\x1b[31mradius",
    ]
    assert result.exit_code == 1


def test_nothing_wrong_is_said_as_well(known: list[Facts], room: Path) -> None:
    known[0] = Facts((WELL.interfaces[0],), WELL.gateways)
    result = CliRunner().invoke(main, ["network", "--config", str(room)])
    assert result.stdout.splitlines()[-1] == "Nothing wrong that can be seen from here."
    assert result.exit_code == 0


def test_recovery_says_why_there_is_no_address(known: list[Facts], room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(_towards: str) -> str:
        return ""

    monkeypatch.setattr("appliance.cli.recover.own_address", none)
    monkeypatch.setattr("appliance.runtime.logs.configure", lambda _level: None)
    known[0] = Facts((Interface("eth0"),))
    result = CliRunner().invoke(recover, ["--config", str(room)])
    assert "address none: No network cable in eth0, or nothing at its other end." in result.stdout
