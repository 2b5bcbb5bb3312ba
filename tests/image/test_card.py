"""The built card from the first start on: three starts of one card, in this order."""

import io
import json
import re
import socket
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.room.state import Phase
from tests.hardware.agent_line import Guest
from tests.hardware.room import IDLE
from tests.hardware.terminal import SimulatedTerminal
from tests.hardware.test_display import in_the_room, references
from tests.image.collector import collector
from tests.image.conftest import OUT
from tests.image.machine import BOOT_TIME, Card, Machine
from tests.image.recipe import RECIPE, run
from tests.image.rooms import PIN, room, with_three_mistakes
from tests.image.updating import HOST

pytestmark = pytest.mark.image

PROJECT = RECIPE.parent.parent
STATUS = "systemctl show --property=StatusText offhook.service"
AGENT = PROJECT / "tests/hardware/guest/agent"
LISTENING = {
    "tcp 0.0.0.0:22",
    "tcp [::]:22",
    *(f"{protocol} {address}:53" for protocol in ("tcp", "udp") for address in ("127.0.0.53%lo", "127.0.0.54")),
    "udp 0.0.0.0:5353",
    "udp [::]:5353",
    "udp 10.0.2.15%eth0:68",
}
LOG = '\n[log]\nsyslog = "{host}:{port}"\nsyslog_name = "repository"\nca = "/etc/offhook/logs.pem"\n'
BOOT_FILE = "/boot/firmware/room.toml"
ASK = """
import sys
sys.path.insert(0, "/usr/lib/offhook/python")
import trio
from appliance.deputy.client import Deputy
from appliance.deputy.requests import Configure, File, Keep, Read

async def main(verb, old="", new="", *_then):
    deputy = Deputy()
    answer = await deputy.ask(Keep() if verb == "keep" else Read(), within=200)
    if verb == "configure":
        answer = await deputy.ask(Configure(answer.text.replace(old, new), answer.mark, "test"), within=200)
    if verb == "configure" and "and keep" in sys.argv:
        answer = await deputy.ask(Keep(), within=200)
    print(type(answer).__name__, *([old in answer.text] if isinstance(answer, File) else []))

trio.run(main, *sys.argv[1:])
"""
TIMES: dict[str, float] = {}


@pytest.fixture(scope="module", autouse=True)
def times() -> Iterator[None]:
    """What took how long, in build/image/times.json."""
    yield
    (OUT / "times.json").write_text(json.dumps(TIMES, indent=1) + "\n")


@pytest.fixture(scope="module")
def text(terminal: SimulatedTerminal, key: Path) -> str:
    return room(terminal.ports["web"], key.with_suffix(".pub").read_text().strip())


@pytest.fixture(scope="module")
def card(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Card:
    return Card(built, tmp_path_factory.mktemp("card"))


@pytest.fixture(scope="module")
def first(card: Card, text: str, key: Path, terminal: SimulatedTerminal) -> Iterator[Machine]:
    """The first start, with a room.toml just put there."""
    card.put("room.toml", text)
    machine = Machine(card, key)
    began = time.monotonic()
    try:
        terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
        TIMES["first start: switched on -> session authorised"] = time.monotonic() - began
        machine.until_reached()
        TIMES["first start: switched on -> SSH"] = time.monotonic() - began
        yield machine
    finally:
        (OUT / "console-first.log").write_text(machine.said())
        machine.cut_power()


@pytest.fixture(scope="module")
def hands(first: Machine) -> Iterator[Guest]:
    """The bench's hands, brought into the machine's memory by SSH."""
    bundle = io.BytesIO()
    with tarfile.open(fileobj=bundle, mode="w") as tar:
        tar.add(AGENT, "agent")
        tar.add(Path(__file__).parent / "hands.py", "hands.py")
    first.run("mkdir -p /run/bench && tar -x -C /run/bench", given=bundle.getvalue())
    first.run("systemd-run --quiet --unit bench -E PYTHONPATH=/run/bench python3 /run/bench/hands.py")
    guest = Guest(first.channel)
    assert any(guest.answers(2.0) for _ in range(60)), "nobody answers; see the unit `bench` in the machine's journal"
    guest.do("plug", device="oled")
    guest.do("plug", device="keypad")
    yield guest
    guest.close()


def root_of(built: Path, folder: Path) -> Path:
    """The root, out of the image, without starting anything."""
    start, size = next(
        (int(found[1]), int(found[2]))
        for line in run("sfdisk", "--dump", str(built)).stdout.splitlines()
        if (found := re.search(r"img2 : start= *(\d+), size= *(\d+)", line))
    )
    partition = folder / "root.erofs"
    with built.open("rb") as image, partition.open("wb") as out:
        image.seek(start * 512)
        for _ in range(size // 2048):
            out.write(image.read(1 << 20))
    run("fsck.erofs", f"--extract={folder}/root", str(partition))
    return folder / "root"


def test_the_image_holds_nobodys_identity_and_no_way_in(built: Path, tmp_path: Path) -> None:
    root = root_of(built, tmp_path)
    assert (root / "etc/machine-id").read_text() == ""
    assert not list((root / "etc/ssh").glob("ssh_host_*"))
    assert not list((root / "etc/credstore").iterdir())
    assert [path for path in root.rglob("authorized_keys*") if path.is_file()] == []
    passwords = [line.split(":")[1] for line in (root / "etc/shadow").read_text().splitlines()]
    assert passwords
    assert all(word.startswith(("!", "*")) for word in passwords)


def test_the_image_to_flash_is_small_and_has_its_papers(built: Path) -> None:
    packed = built.with_name(built.name + ".xz")
    assert packed.stat().st_size < 400 << 20
    run("sh", "-c", f"cd {packed.parent} && sha256sum --check --quiet {packed.name}.sha256")
    bill = json.loads(built.with_suffix(".cdx.json").read_text())
    assert {"pkg:pypi/trio", "pkg:deb/debian/systemd"} <= {part["purl"].split("@")[0] for part in bill["components"]}
    TIMES["size to flash, MiB"] = packed.stat().st_size / (1 << 20)


def test_from_one_file_to_an_authorised_session(first: Machine, terminal: SimulatedTerminal) -> None:
    assert terminal.state()["accounts"]
    assert first.run("systemctl is-active offhook.service").strip() == "active"
    assert first.run("systemctl list-units --failed --plain --no-legend").strip() == ""
    assert "ordering cycle" not in first.run("journalctl --no-pager --boot")


def test_the_root_is_read_only_whoever_asks(first: Machine) -> None:
    assert first.run("findmnt --noheadings --output SOURCE,FSTYPE /").split() == ["/dev/dm-0", "erofs"]
    assert first.run("dmsetup status root").split()[2:4] == ["verity", "V"]
    for place in ("/usr/x", "/x", "/root/x", "/boot/firmware/x"):
        assert "Read-only" in first.run(f"touch {place} 2>&1 || true")
    assert "cannot remount" in first.run(
        "mount -o remount,rw / 2>&1; touch /usr/x 2>/dev/null && echo written || echo cannot remount"
    )


def test_the_data_partition_has_the_rest_of_the_card(first: Machine) -> None:
    size = int(first.run("df --block-size=1M --output=size /data").split()[1])
    assert size > 2700  # of a card of 4096


def test_nothing_listens_that_is_not_on_the_list(first: Machine) -> None:
    lines = first.run("ss --no-header --tcp --udp --listening --numeric").splitlines()
    listening = {f"{line.split()[0]} {line.split()[4]}" for line in lines}
    assert listening <= LISTENING
    rules = first.run("nft list chain inet offhook input 2>/dev/null || nft list ruleset")
    assert "policy drop" in rules


def test_there_is_no_password_to_try(first: Machine) -> None:
    passwords = [line.split(":")[1] for line in first.run("cat /etc/shadow").splitlines()]
    assert all(word.startswith(("!", "*")) for word in passwords)
    settings = first.run("sshd -T").splitlines()
    assert "passwordauthentication no" in settings
    assert "kbdinteractiveauthentication no" in settings


def test_the_secret_left_the_boot_partition(first: Machine, card: Card) -> None:
    left = card.read("room.toml")
    assert left is not None
    assert 'pin = "(kept)"' in left
    assert PIN not in left
    assert first.run("stat --format %a:%U /etc/credstore/offhook.pin").strip() == "600:root"


def test_the_device_is_somebody(first: Machine) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}\n", first.run("cat /data/etc/machine-id"))
    assert re.fullmatch(r"offhook-[0-9a-f]{4}\n", first.run("hostname"))
    assert "ED25519" in first.run("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub")


def test_the_journal_is_in_memory_and_what_led_to_a_failure_is_not(first: Machine, terminal: SimulatedTerminal) -> None:
    assert first.run("ls /var/log/journal 2>/dev/null || echo none").strip() == "none"
    first.run("systemctl kill --signal KILL offhook.service")
    terminal.until(lambda state: not state["accounts"], 30)
    terminal.until(lambda state: bool(state["accounts"]), 120)
    kept = first.run("cat /data/lib/card/failures/*.txt")
    assert "offhook ended: signal killed KILL" in kept
    assert "Started offhook.service" in kept


def test_systemd_feeds_the_hardware_watchdog(first: Machine) -> None:
    assert first.run("cat /sys/class/watchdog/watchdog0/state").strip() == "active"
    assert first.run("cat /sys/class/watchdog/watchdog0/timeout").strip() == "14"


def test_a_number_typed_is_on_the_glass_and_its_key_calls_it(
    first: Machine, hands: Guest, terminal: SimulatedTerminal
) -> None:
    assert first.run("ls /dev/i2c-0").strip() == "/dev/i2c-0"
    hands.on("oled", "wait_any_frame", 90, hands.do("now"), within=90)
    first.run(f"timeout 90 sh -c 'while {STATUS} | grep -q keypad; do sleep 1; done'")  # what is typed before is lost
    last = hands.on("keypad", "type", "100")[-1]
    wanted = references(in_the_room(Phase.IDLE, number="100"), 0)
    hands.on("oled", "wait_frame", wanted, 30, last, within=30)
    hands.on("keypad", "type", "\n")
    terminal.until(lambda state: state["appState"] != IDLE, 30)


def test_the_journal_goes_to_the_server_that_the_room_names(first: Machine, tmp_path: Path) -> None:
    assert first.run("systemctl is-active rsyslog.service || true").strip() == "inactive"
    with collector(tmp_path) as server:
        first.run("cat >/etc/offhook/logs.pem", given=server.certificate.read_bytes())
        log = LOG.format(host=HOST, port=server.port)
        first.run("mount -o remount,rw /boot/firmware && cat >>/boot/firmware/room.toml", given=log.encode())
        server.until(b" offhook ", 120)
    # what applies the file may still run, and has it read-only again when it ends
    without = r"mount -o remount,rw /boot/firmware && sed -i '/^\[log\]/,$d' /boot/firmware/room.toml"
    first.run(f"for n in 1 2 3 4 5; do {without} && exec sync; sleep 0.3; done; exit 1")
    first.run("timeout 90 sh -c 'while systemctl is-active --quiet rsyslog.service; do sleep 1; done'", seconds=100)


def test_a_changed_room_returns_unless_it_is_confirmed(first: Machine) -> None:
    """Asked as the firmware asks: at its socket, as its user. An emulated machine takes its time for each process."""

    def asked(*words: str) -> str:
        as_firmware = "setpriv --reuid=offhook --regid=offhook --init-groups --no-new-privs"
        return first.run(f"{as_firmware} python3 -I - {' '.join(words)}", seconds=300, given=ASK.encode()).strip()

    def in_force(name: str, path: str) -> None:
        first.run(f"timeout 240 sh -c 'until grep -q {name} {path}; do sleep 1; done'", seconds=270)

    assert asked("read", "Neptune") == "File True"
    assert asked("configure", "Neptune", "Saturn") == "Done"
    first.run("journalctl --no-pager -u offhook-deputy@* | grep -q configuration_on_trial")
    in_force("Neptune", BOOT_FILE)
    assert asked("keep") == "Refused"
    assert asked("configure", "Neptune", "Saturn", "'and keep'") == "Done"
    assert first.run("ls /var/lib/offhook-deputy/*.json 2>/dev/null || true").strip() == ""
    in_force("Saturn", "/etc/offhook/room.toml")
    first.run(f"sleep 62; grep -q Saturn {BOOT_FILE}")
    assert asked("configure", "Saturn", "Neptune", "'and keep'") == "Done"
    in_force("Neptune", "/etc/offhook/room.toml")
    first.run(
        "timeout 240 sh -c 'until grep -q \" /boot/firmware vfat ro,\" /proc/mounts; do sleep 1; done'", seconds=270
    )


@pytest.fixture(scope="module")
def second(first: Machine, card: Card, key: Path, terminal: SimulatedTerminal) -> dict[str, str]:
    """The second start, after the power was cut and somebody made three mistakes; what the machine was before."""
    was = {
        what: first.run(what) for what in ("cat /etc/machine-id", "hostname", "cat /etc/ssh/ssh_host_ed25519_key.pub")
    }
    (OUT / "journal.txt").write_text(first.run("journalctl --no-pager --boot -o short-monotonic"))
    (OUT / "blame.txt").write_text(first.run("for what in time critical-chain blame; do systemd-analyze $what; done"))
    first.cut_power()
    terminal.until(lambda state: not state["accounts"], 30)
    left = card.read("room.toml")
    assert left is not None
    card.put("room.toml", with_three_mistakes(left))
    machine = Machine(card, key)
    began = time.monotonic()
    try:
        terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
        TIMES["second start: switched on -> session authorised"] = time.monotonic() - began
        machine.until_reached()
        is_now = {what: machine.run(what) for what in was}
    finally:
        (OUT / "console-second.log").write_text(machine.said())
        machine.cut_power()
    return {**{f"was {what}": said for what, said in was.items()}, **is_now, "console": machine.said()}


def test_three_mistakes_are_told_and_survived(second: dict[str, str], card: Card) -> None:
    errors = card.read("room.errors.txt")
    assert errors is not None
    for key in ("kall", "Moskau", "display.buss"):
        assert key in errors
        assert key in second["console"]


def test_the_device_is_the_same_after_the_power_was_cut(second: dict[str, str]) -> None:
    for what in ("cat /etc/machine-id", "hostname", "cat /etc/ssh/ssh_host_ed25519_key.pub"):
        assert second[what] == second[f"was {what}"]


def test_without_a_key_there_is_no_door(
    second: dict[str, str], card: Card, key: Path, terminal: SimulatedTerminal, text: str
) -> None:
    assert second
    terminal.until(lambda state: not state["accounts"], 60)
    card.put("room.toml", re.sub(r"\[ssh\]\nkeys = .*\n", "", text))
    machine = Machine(card, key)
    try:
        terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
        assert card.read("room.errors.txt") is None
        with socket.create_connection(("127.0.0.1", machine.ssh_port), 10) as line:
            line.settimeout(20)
            try:
                said = line.recv(100)
            except TimeoutError:
                said = b""
            assert said == b""
    finally:
        (OUT / "console-third.log").write_text(machine.said())
        machine.cut_power()
