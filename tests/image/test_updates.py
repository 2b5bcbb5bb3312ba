"""A card with the loader, from its first start on: versions that it refuses, five that are no good, one that is.

One card, in this order. Between a bad version and the next the card is in the slot that it came from. What the loader
does with a slot's three tries is tested with the loader; here most bad versions get one, to save starts.
"""

import io
import json
import os
import re
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hardware.agent_line import Guest
from tests.hardware.room import IDLE
from tests.hardware.terminal import SimulatedTerminal
from tests.image.conftest import OUT
from tests.image.machine import BOOT_TIME, Card, Machine
from tests.image.recipe import RECIPE, run
from tests.image.rooms import room
from tests.image.updating import AUTHORITY, Renewed, Repository, repository, stick_with
from tests.image.versions import (
    Maintainer,
    Versions,
    kernel_is_garbage,
    link_never_comes,
    panics,
    refuses_the_time_zone,
    service_crashes,
)

pytestmark = pytest.mark.image

AGENT = RECIPE.parent.parent / "tests/hardware/guest/agent"
SETTINGS = f"""
[update]
ca = "{AUTHORITY}"
confirm_after = 1
stick = true

[network.vlans.office]
id = 120

[buttons.hang_up]
pin = 27
press = "hang_up"
"""
IDENTITY = "cat /etc/machine-id /etc/ssh/ssh_host_ed25519_key.pub; hostname; sha256sum /etc/credstore/*"
REPORT = "/var/lib/hardware-test"
HARDWARE_TEST = f"offhook hardware-test --report {REPORT}"
TIMES: dict[str, float] = {}


@pytest.fixture(scope="module", autouse=True)
def times() -> Iterator[None]:
    """What took how long, in build/image/updates.json."""
    yield
    (OUT / "updates.json").write_text(json.dumps(TIMES, indent=1) + "\n")


@pytest.fixture(scope="module")
def loader(built: Path) -> Path:
    return built.with_name(f"{built.stem}-loader-qemu.bin")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("versions")


@pytest.fixture(scope="module")
def versions(built: Path, folder: Path) -> Versions:
    return Versions(built.with_name(f"{built.stem}-slot.img"), folder)


@pytest.fixture(scope="module")
def maintainer(folder: Path) -> Maintainer:
    return Maintainer(folder, "maintainer")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Repository]:
    with repository(folder) as server:
        yield server


@pytest.fixture(scope="module")
def card(built: Path, tmp_path_factory: pytest.TempPathFactory, terminal: SimulatedTerminal, key: Path) -> Card:
    card = Card(built, tmp_path_factory.mktemp("card"))
    card.put("room.toml", room(terminal.ports["web"], key.with_suffix(".pub").read_text().strip()) + SETTINGS)
    return card


@pytest.fixture(scope="module")
def machine(card: Card, key: Path, loader: Path) -> Iterator[Machine]:
    machine = Machine(card, key, loader)
    try:
        yield machine
    finally:
        (OUT / "console-updates.log").write_text(machine.said())
        machine.cut_power()


@pytest.fixture(scope="module")
def box(machine: Machine, maintainer: Maintainer, served: Repository) -> Renewed:
    """The card after its first start, ready for versions of the maintainer's."""
    began = time.monotonic()
    machine.until_started("A")
    TIMES["first start by the loader: switched on -> SSH"] = time.monotonic() - began
    box = Renewed(machine, maintainer.certificate)
    box.trust()
    machine.run(f"cat >{AUTHORITY}", given=served.certificate.read_bytes())
    box.hurry()
    return box


@pytest.fixture(scope="module")
def former(box: Renewed) -> str:
    """Who the machine is before anything was installed."""
    return box.machine.run(IDENTITY)


def came_up(box: Renewed, slot: str, terminal: SimulatedTerminal, what: str, began: float) -> None:
    """Waits for a start from a slot, as it was asked for."""
    box.machine.until_started(slot)
    terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
    TIMES[what] = time.monotonic() - began


def fails(box: Renewed, terminal: SimulatedTerminal, what: str, said: str, *, keeps: bool = False) -> None:
    """Installs a version that is no good, and waits until the card is back in slot A, and says so.

    `keeps`: it can be reached while it is on trial.
    """
    began = time.monotonic()
    box.begin(what)
    box.until_said("slot B, then 2 tries left", 600)
    if keeps:  # it judges itself: one try is enough
        box.machine.until_started("B")
        box.machine.run("fw_setenv BOOT_B_LEFT 0")
    box.until_said("slot A, then", 600)
    came_up(box, "A", terminal, f"{Path(what).stem}: asked for -> its former version's session", began)
    box.trust()
    box.last(said)


def test_it_starts_by_the_loader_and_the_start_is_confirmed(box: Renewed, terminal: SimulatedTerminal) -> None:
    assert box.booted() == "A"
    terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
    box.machine.run("timeout 200 sh -c 'until [ $(fw_printenv -n BOOT_A_LEFT) = 3 ]; do sleep 2; done'", seconds=220)
    assert box.tries("B") == "0"
    assert box.machine.run("systemctl list-units --failed --plain --no-legend").strip() == ""
    assert "802.1Q id 120 " in box.machine.run("ip -details link show vlan120")


def test_a_button_at_a_pin_calls(box: Renewed, terminal: SimulatedTerminal) -> None:
    bundle = io.BytesIO()
    with tarfile.open(fileobj=bundle, mode="w") as tar:
        tar.add(AGENT, "agent")
        tar.add(Path(__file__).parent / "hands.py", "hands.py")
    box.machine.run("mkdir -p /run/bench && tar -x -C /run/bench", given=bundle.getvalue())
    box.machine.run("systemd-run --quiet --unit bench -E PYTHONPATH=/run/bench python3 /run/bench/hands.py")
    hands = Guest(box.machine.channel)
    try:
        assert any(hands.answers(2.0) for _ in range(60)), (
            "nobody answers; see the unit `bench` in the machine's journal"
        )
        hands.do("plug", device="gpio")
        # the emulated board has no number by which gpiozero would know its header: it gets that of a Pi 4
        box.machine.run("cat >/run/bench/cpuinfo", given=(AGENT.parent / "cpuinfo").read_bytes())
        box.machine.run("mount --bind /run/bench/cpuinfo /proc/cpuinfo && systemctl restart offhook.service")
        missing = "systemctl show --property=StatusText offhook.service | grep -q button"
        box.machine.run(f"timeout 90 sh -c 'while {missing}; do sleep 1; done'", seconds=100)
        terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
        hands.on("gpio", "wait_steady", {"19": 0}, 2, 90, within=90)  # its lamp: there is a session
        hands.on("gpio", "press", 17, within=5)
        terminal.until(lambda state: state["appState"] != IDLE, 30)
        hands.on("gpio", "press", 27, within=5)
        terminal.until(lambda state: state["appState"] == IDLE, 30)
    finally:
        hands.close()


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    """What is refused before it is written need not be a slot."""
    place = folder / "small"
    place.mkdir()
    (place / "slot.img").write_bytes(os.urandom(1 << 20))
    return place / "slot.img"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("signature", "nobody trusted has signed it"),
        ("truncated", "nobody trusted has signed it"),
        ("older", "0.0.9 is older than 0.1.0"),
        ("foreign", "it is for another kind of box, toaster"),
    ],
)
def test_what_is_not_for_this_card_is_refused(
    box: Renewed, folder: Path, small: Path, maintainer: Maintainer, fault: str, said: str
) -> None:
    signer = Maintainer(folder, "somebody") if fault == "signature" else maintainer
    version = "0.0.9" if fault == "older" else f"0.9.{len(fault)}"
    bundle = signer.bundle(small, version, compatible="toaster" if fault == "foreign" else "offhook-card-arm64")
    content = bundle.read_bytes()
    box.machine.run("cat >/data/bundle", given=content[: len(content) // 2] if fault == "truncated" else content)
    answer = box.install("/data/bundle")
    assert said in answer
    assert answer.endswith("exit 1\n")
    assert box.tries("B") == "0"
    assert "BOOT_ORDER=A" in box.machine.run("fw_printenv BOOT_ORDER")


def test_a_version_that_refuses_the_configuration_is_not_switched_to(
    box: Renewed, versions: Versions, maintainer: Maintainer, served: Repository
) -> None:
    bundle = maintainer.bundle(versions.slot("0.2.0", refuses_the_time_zone), "0.2.0")
    began = time.monotonic()
    answer = box.install(served.url(bundle))
    TIMES["fetched, verified, written, read back, asked"] = time.monotonic() - began
    assert "it refuses room.toml" in answer
    assert "Europe/Moscow" in answer
    assert answer.endswith("exit 1\n")
    assert (box.booted(), box.tries("B")) == ("A", "0")


def test_a_kernel_that_is_none_costs_no_start(
    box: Renewed, versions: Versions, maintainer: Maintainer, served: Repository, terminal: SimulatedTerminal
) -> None:
    bundle = maintainer.bundle(versions.slot("0.3.0", kernel_is_garbage), "0.3.0")
    fails(box, terminal, served.url(bundle), "0.3.0 did not stay, 0.1.0 is back: it did not start")


def test_a_kernel_that_panics_is_tried_and_left(
    box: Renewed, versions: Versions, maintainer: Maintainer, served: Repository, terminal: SimulatedTerminal
) -> None:
    bundle = maintainer.bundle(versions.slot("0.4.0", panics), "0.4.0")
    fails(box, terminal, served.url(bundle), "0.4.0 did not stay, 0.1.0 is back: it did not start")
    tried = re.findall(r"slot B, then (\d) tries left", box.machine.said())
    assert tried[-3:] == ["2", "1", "0"]


def test_a_service_that_crashes_is_given_up_with_the_reason(
    box: Renewed, versions: Versions, maintainer: Maintainer, served: Repository, terminal: SimulatedTerminal
) -> None:
    bundle = maintainer.bundle(versions.slot("0.5.0", service_crashes), "0.5.0")
    said = "0.5.0 did not stay, 0.1.0 is back: the service did not become ready"
    fails(box, terminal, served.url(bundle), said, keeps=True)


def test_a_version_without_a_session_is_given_up_where_there_was_one(
    box: Renewed, versions: Versions, maintainer: Maintainer, served: Repository, terminal: SimulatedTerminal
) -> None:
    bundle = maintainer.bundle(versions.slot("0.6.0", link_never_comes), "0.6.0")
    said = "0.6.0 did not stay, 0.1.0 is back: the terminal answers, and there is no session with it"
    fails(box, terminal, served.url(bundle), said, keeps=True)


def test_a_good_version_comes_on_a_stick_is_confirmed_and_everything_is_still_there(
    box: Renewed, versions: Versions, maintainer: Maintainer, folder: Path, terminal: SimulatedTerminal, former: str
) -> None:
    stick = stick_with(maintainer.bundle(versions.slot("0.7.0"), "0.7.0"), "offhook_0.7.0_arm64.raucb", folder)
    began = time.monotonic()
    box.again()
    box.plug(stick)
    box.until_said("slot B, then 2 tries left", 600)
    came_up(box, "B", terminal, "a good version: plugged in -> its session", began)
    assert "Version 0.7.0 is installed" in box.last("is installed", 240)
    TIMES["a good version: plugged in -> confirmed"] = time.monotonic() - began
    assert box.machine.run("offhook --version").split()[-1] == "0.7.0"
    assert (box.booted(), box.tries("B")) == ("B", "3")
    assert box.machine.run(IDENTITY) == former
    assert "verity" in box.machine.run("dmsetup table root")


def test_one_byte_of_the_root_that_is_another_is_noticed_and_the_other_slot_starts(
    box: Renewed, card: Card, folder: Path, terminal: SimulatedTerminal
) -> None:
    box.machine.run("sync")
    place = begin_of(card, 3) + place_of(folder / "slot-0.7.0/slot.img", "usr/lib/systemd/systemd")
    box.again()
    began = time.monotonic()
    with card.disk.open("r+b") as disk:
        disk.seek(place)
        byte = disk.read(1)[0]
        disk.seek(place)
        disk.write(bytes([byte ^ 1]))
    # a little later, and not as a child of a line that the restart leaves hanging
    restart = "sleep 1; echo 3 >/proc/sys/vm/drop_caches; systemctl reboot --force --force"
    box.machine.run(f"systemd-run --quiet --collect sh -c '{restart}'")
    box.until_said("slot B, then 0 tries left")
    came_up(box, "A", terminal, "a damaged root: restarted -> the other slot's session", began)
    assert re.findall(r"device-mapper: verity: .*corrupted", box.machine.said()) != []


def test_a_kernel_that_hangs_is_ended_by_the_hardwares_watchdog(box: Renewed, terminal: SimulatedTerminal) -> None:
    box.machine.run("systemctl stop offhook.service")
    box.again()
    began = time.monotonic()
    hang = f"yes | {HARDWARE_TEST} --only watchdog"
    box.machine.run(f"systemd-run --quiet --collect sh -c '{hang}'")
    box.until_said("sysrq triggered crash")
    box.until_said("slot A, then")
    came_up(box, "A", terminal, "a kernel that hangs: asked for -> the session after it", began)
    box.machine.run(f"yes | {HARDWARE_TEST}")  # the rest of the same run: it judges
    report = json.loads(box.machine.run(f"cat {REPORT}.json"))
    assert [(each["name"], each["outcome"]) for each in report["results"]] == [("watchdog", "passed")]


def begin_of(card: Card, number: int) -> int:
    """Where on a card, in bytes, a partition begins."""
    found = re.search(rf"img{number} : start= *(\d+)", run("sfdisk", "--dump", str(card.disk)).stdout)
    assert found
    return int(found[1]) * 512


def place_of(slot: Path, path: str) -> int:
    """Where in a slot, in bytes, the beginning of a file is."""
    said = run("dump.erofs", f"--path=/{path}", "-e", str(slot)).stdout
    found = re.search(r"^\s*0:.*:\s*(\d+)\.\.", said, re.MULTILINE)
    assert found, said
    return int(found[1])
