"""From the file on the card to the machine."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.config.load import load
from tests.card.conftest import KEY, ROOM, Box

EXAMPLE = Path(__file__).parents[2] / "image" / "card" / "room.toml"
WIFI = '[network.wifi]\nssid = "Guests"\npassword = "long enough"\ncountry = "RU"\n'
WIRED = "etc/systemd/network/10-offhook-wired.network"
WIRELESS = "etc/systemd/network/11-offhook-wifi.network"
SUPPLICANT = "etc/wpa_supplicant/wpa_supplicant-wlan0.conf"
IN_FORCE = "etc/offhook/room.toml"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_example_applies_without_a_mistake(box: Box) -> None:
    outcome = box.apply(EXAMPLE.read_bytes())
    assert outcome.mistakes == ()
    assert outcome.has_room
    assert box.errors() is None
    assert load(box.root / IN_FORCE) == load(EXAMPLE)
    assert "DHCP=yes" in str(box.has(WIRED))
    assert box.file.read_bytes() == EXAMPLE.read_bytes()


def test_every_line_that_the_example_offers_is_right_too(box: Box) -> None:
    offered = [line.removeprefix("# ") for line in EXAMPLE.read_text().splitlines() if " = " in line or "[" in line]
    text = "\n".join(offered).replace("ssh-ed25519 AAAA… name", KEY)
    outcome = box.apply(text)
    assert outcome.mistakes == ()
    assert outcome.has_wifi
    assert outcome.has_ssh
    assert "Address=192.168.1.30/24" in str(box.has(WIRED))


def test_applied_twice_is_the_same(box: Box) -> None:
    box.apply(ROOM + 'pin = "FA6"\n' + WIFI + f'[ssh]\nkeys = ["{KEY}"]\n')
    first = box.all()
    outcome = box.apply()
    assert outcome.mistakes == ()
    assert outcome.changed == frozenset()
    assert box.all() == first


def test_secrets_move_and_the_rest_of_the_file_stays(box: Box) -> None:
    text = "\ufeff# Neptune\r\n" + (ROOM + 'pin = "FA6"  # mine\n' + WIFI).replace("\n", "\r\n").rstrip()
    box.apply(text)
    assert box.file.read_bytes().decode() == text.replace('"FA6"', '"(kept)"').replace('"long enough"', '"(kept)"')
    for name, secret in (("pin", "FA6"), ("wifi", "long enough")):
        assert box.has(f"etc/credstore/offhook.{name}") == f"{secret}\n"
        assert mode(box.root / f"etc/credstore/offhook.{name}") == 0o600
    assert mode(box.root / SUPPLICANT) == 0o600
    assert mode(box.root / IN_FORCE) == 0o640
    assert 'psk="long enough"' in str(box.has(SUPPLICANT))
    assert "FA6" not in str(box.has(IN_FORCE))
    assert load(box.root / IN_FORCE, box.root / "etc/credstore").terminal.pin == "(kept)"


def test_a_secret_that_is_kept_serves_what_changes_around_it(box: Box) -> None:
    box.apply(ROOM + 'pin = "FA6"\n' + WIFI)
    outcome = box.apply(box.file.read_text().replace("Guests", "Staff").replace("Neptune", "Saturn"))
    assert outcome.mistakes == ()
    assert outcome.changed == {"wifi", "room"}
    assert f"ssid={b'Staff'.hex()}" in str(box.has(SUPPLICANT))
    assert 'psk="long enough"' in str(box.has(SUPPLICANT))


def test_a_new_secret_takes_the_place_of_the_one_kept(box: Box) -> None:
    box.apply(ROOM + 'pin = "FA6"\n')
    outcome = box.apply(box.file.read_text().replace("(kept)", "123"))
    assert outcome.changed >= {"room", "secrets"}
    assert box.has("etc/credstore/offhook.pin") == "123\n"
    assert "123" not in box.file.read_text()


def test_a_secret_that_is_not_used_any_more_is_not_kept(box: Box) -> None:
    box.apply(ROOM + 'pin = "FA6"\n' + WIFI)
    box.apply(ROOM)
    assert list((box.root / "etc/credstore").iterdir()) == []
    assert box.has(SUPPLICANT) is None
    assert box.has(WIRELESS) is None


def test_a_credential_that_the_file_names_itself_stays(box: Box) -> None:
    store = box.root / "etc/credstore"
    store.mkdir(parents=True)
    (store / "offhook.pin").write_text("mine\n")
    assert box.apply(ROOM + 'pin_file = "credential:offhook.pin"\n').mistakes == ()
    assert box.has("etc/credstore/offhook.pin") == "mine\n"


def test_kept_without_anything_kept_is_a_mistake(box: Box) -> None:
    outcome = box.apply(ROOM + 'pin = "(kept)"\n[network.wifi]\nssid = "x"\ncountry = "RU"\npassword = "(kept)"\n')
    assert [(mistake.line, mistake.key) for mistake in outcome.mistakes] == [
        (5, "terminal.pin"),
        (9, "network.wifi.password"),
    ]
    assert not outcome.has_room


def test_a_mistake_costs_its_own_part_and_is_said(box: Box) -> None:
    broken = ROOM + '[buttons.call]\npin = []\npress = "call"\n[buttons.mute]\npin = 22\npress = "mute"\n'
    outcome = box.apply(broken + '[network]\naddress = "10.0.0.7/8"\n[time]\nzone = "Europe/Moscow"\n')
    assert outcome.has_room
    assert set(load(box.root / IN_FORCE).buttons) == {"mute"}
    assert "Address=10.0.0.7/8" in str(box.has(WIRED))
    assert str((box.root / "etc/localtime").readlink()) == "/usr/share/zoneinfo/Europe/Moscow"
    errors = str(box.errors())
    assert "\r\nroom.toml:6: buttons.call.pin: " in errors
    assert box.has("var/lib/offhook-card/mistakes") == "room.toml: mistake, line 6\n"
    box.apply(broken.replace("[]\n", "17\n"))
    assert box.errors() is None
    assert box.has("var/lib/offhook-card/mistakes") is None


def test_where_no_room_comes_of_it_the_former_one_stays(box: Box) -> None:
    box.apply(ROOM + 'pin = "FA6"\n[panel]\nlisten = "0.0.0.0:8080"\n')
    before = box.has(IN_FORCE)
    outcome = box.apply(ROOM.replace('host = "192.168.1.20"', 'hst = "x"\npin = "new"') + WIFI)
    assert not outcome.has_room
    assert box.has(IN_FORCE) == before
    assert box.has("etc/credstore/offhook.pin") == "FA6\n"
    assert 'pin = "new"' in box.file.read_text()  # nobody has it yet
    assert "long enough" not in box.file.read_text()
    assert "what was in force before stays so" in str(box.errors())
    assert "tcp dport 8080 accept" in str(box.has("etc/nftables.conf"))


@pytest.mark.parametrize(
    "broken", ['[netwrok]\naddress = "10.0.0.8/8"\n', "[network\n", "[network]\naddress = 10.0.0.8\n"]
)
def test_a_broken_network_section_leaves_the_network_as_it_was(box: Box, broken: str) -> None:
    box.apply(ROOM + '[network]\naddress = "10.0.0.7/8"\n' + WIFI)
    before = {path: box.has(path) for path in (WIRED, WIRELESS, SUPPLICANT)}
    assert box.apply(ROOM + broken).mistakes
    assert {path: box.has(path) for path in (WIRED, WIRELESS, SUPPLICANT)} == before
    assert box.apply(ROOM).mistakes == ()
    assert "DHCP=yes" in str(box.has(WIRED))


def test_a_new_box_with_a_broken_file_has_a_network_all_the_same(box: Box) -> None:
    for content in (b"", b"\xff\xfe[\0r\0", b"[network", b"\xe9\xe8", b"#" * 300_000):
        box.apply(content)
        assert "DHCP=yes" in str(box.has(WIRED))
        assert box.has("etc/hostname") == "offhook-1234\n"
        assert "policy drop" in str(box.has("etc/nftables.conf"))
        assert box.errors()


def test_a_file_under_another_name_is_noticed(box: Box) -> None:
    (box.boot / "room.toml.txt").write_text(ROOM)
    outcome = box.apply()
    assert not outcome.has_room
    assert "room.toml:1: cannot be read: No such file" in str(box.errors())
    assert "there is a file room.toml.txt, which is not read; rename it to room.toml" in str(box.errors())


def test_text_that_is_not_utf_8_costs_its_own_part(box: Box) -> None:
    cyrillic = (
        ROOM + '# \u043f\u043e\n[network]\naddress = "10.0.0.7/8"\n[lamps.link]\npin = 5\nshows = "\u0434\u0430"\n'
    )
    outcome = box.apply(cyrillic.encode("cp1251"))
    assert [mistake.line for mistake in outcome.mistakes] == [5, 10]
    assert outcome.has_room
    assert "Address=10.0.0.7/8" in str(box.has(WIRED))


def test_what_cannot_be_written_is_said_and_tried_again(box: Box) -> None:
    (box.root / "etc").mkdir()
    (box.root / "etc/systemd").write_text("in the way")
    outcome = box.apply(ROOM)
    assert any("network could not be applied" in str(mistake.message) for mistake in outcome.mistakes)
    assert outcome.has_room
    assert box.has("var/lib/offhook-card/stamp") is None
    (box.root / "etc/systemd").unlink()
    assert box.apply().mistakes == ()
    assert box.has("var/lib/offhook-card/stamp")


def test_the_command_prints_what_is_wrong(box: Box) -> None:
    box.file.write_text(ROOM + "colour = 1\n")
    arguments = ["card", "apply", "--boot", str(box.boot), "--root", str(box.root)]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, "room.toml:5: terminal.colour: unknown key" in result.stdout) == (2, True)
    box.file.write_text(ROOM)
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (0, "")


def test_check_understands_the_sections_of_a_card(box: Box) -> None:
    box.file.write_text(ROOM + '[network]\naddress = "10.0.0.7"\n[time]\nzone = "Europe/Moskow"\n[ssh]\nkeys = ["x"]\n')
    result = CliRunner().invoke(main, ["check", str(box.file)])
    assert result.exit_code == 2
    assert [line.split(": ", 2)[:2] for line in result.stderr.splitlines()] == [
        [f"{box.file}:6", "network.address"],
        [f"{box.file}:8", "time.zone"],
        [f"{box.file}:10", "ssh.keys"],
    ]
    assert "did you mean `Europe/Moscow`?" in result.stderr


NFT = shutil.which("nft", path="/usr/sbin:/usr/bin")


@pytest.mark.skipif(NFT is None, reason="nft is missing: apt install nftables")
def test_nft_takes_the_rules(box: Box) -> None:
    visca = '[visca.x]\ntransport = "sony-udp"\nlisten = "192.0.2.1:52381"\nallow = ["192.0.2.7", "192.0.2.64/28"]\n'
    text = visca + f'discovery = "192.0.2.255:52380"\n[panel]\nlisten = "[::]:8080"\n[ssh]\nkeys = ["{KEY}"]\n'
    assert box.apply(ROOM + text).mistakes == ()
    for rule in (
        "tcp dport 22",
        "tcp dport 8080",
        "ip saddr 192.0.2.64/28 udp dport 52381",
        "ip saddr 192.0.2.7 udp dport 52380",
    ):
        assert f"\t{rule} accept\n" in str(box.has("etc/nftables.conf"))
    checked = subprocess.run(
        [str(NFT), "-c", "-f", box.root / "etc/nftables.conf"], capture_output=True, text=True, timeout=10
    )
    if "Operation not permitted" in checked.stderr:
        pytest.skip("nft asks the kernel, which needs a privilege")
    assert checked.returncode == 0, checked.stderr


def test_a_card_that_only_says_where_its_room_is_waits_for_it(box: Box) -> None:
    fleet = f'[fleet]\nsigners = ["{KEY}"]\n'
    outcome = box.apply(fleet + '[time]\nzone = "Europe/Moscow"\n')
    assert (outcome.mistakes, outcome.waits, outcome.has_room) == ((), True, False)
    assert not (box.boot / "room.errors.txt").exists()
    wrong = box.apply(f"{fleet}[time]\nzoone = 1\n")
    assert not wrong.waits
    assert "time.zoone" in [each.key for each in wrong.mistakes]
    assert not box.apply(ROOM).waits
