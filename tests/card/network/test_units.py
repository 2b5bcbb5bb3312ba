"""The card's units for wpa_supplicant: they parse, and say where what they start is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
UNITS = ROOT / "image/card/root/usr/lib/systemd/system"
ANALYZE = shutil.which("systemd-analyze")


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is missing: apt install systemd")
def test_systemd_takes_the_unit_that_follows_a_port(tmp_path: Path) -> None:
    text = (UNITS / "offhook-port@.service").read_text()
    (tmp_path / "offhook-port@eth0.service").write_text(re.sub(r"(?m)^ExecStart=.*$", "ExecStart=/bin/true", text))
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", tmp_path / "offhook-port@eth0.service"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "offhook-port" not in done.stderr


def test_what_it_starts_is_part_of_the_package_and_needs_nothing_else_of_it() -> None:
    (path,) = re.findall(
        r"ExecStart=/usr/bin/python3 -I /usr/lib/offhook/python/(\S+) %i", (UNITS / "offhook-port@.service").read_text()
    )
    assert not re.search(r"^(from|import) (appliance|drivers|trio|msgspec)", (ROOT / path).read_text(), re.MULTILINE)
    assert (ROOT / path).read_text().endswith("follow(sys.argv[1])\n")


@pytest.mark.parametrize("unit", ["wpa_supplicant@", "wpa_supplicant-wired@"])
def test_nothing_starts_that_the_card_did_not_ask_for(unit: str) -> None:
    text = (UNITS / f"{unit}.service.d/card.conf").read_text()
    assert f"\nConditionFileNotEmpty=/etc/wpa_supplicant/{unit.replace('@', '-')}%i.conf\n" in text
    (script,) = re.findall(r"ExecStartPre=-/(\S+)", text)
    assert (ROOT / "image/card/root" / script).stat().st_mode & 0o111


def test_the_card_keeps_the_modules_of_vlans_and_adapters() -> None:
    """systemd-networkd could not make a VLAN, and a second wire would not be there."""
    dropped = (ROOT / "image/card/dropped.txt").read_text().split()
    assert not {"net/8021q", "net/802", "net/llc", "drivers/net/usb", "drivers/net", "net"} & set(dropped)
