"""What the loader decides: a shell runs its script, with words of U-Boot's that only note what is asked of them.

U-Boot's shell has the same `if`, `for`, `&&` and `||`. That its own words do what is assumed here is seen where a
built loader is started.
"""

import itertools
import re
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.image.loader.tools import LOADER, builtin, state
from tests.image.recipe import RECIPE, lacks, run

BOARDS = ("rpi", "qemu")
WORDS = """
setenv() { name=$1; shift; eval "$name=\\$*"; }
run() { for each in "$@"; do eval "text=\\$$each"; eval "$text" || return; done; }
setexpr() {
    case $2 in
    sub) eval "$1=$(echo "$5" | sed "s,$3,$4,")" ;;
    *) eval "$1=$(printf %x $((0x$2 $3 0x$4)))" ;;
    esac
}
load() { filesize=400; case " $broken " in *" $slot:$4 "*) return 1;; esac; loaded="$loaded $2:$4"; }
env() { bootargs_slot=given crc_vmlinuz=given crc_initrd=$initrd_sum; }
part() { eval "$4=6f666801-0${3#*:}"; }
crc32() { [ "$1 $3 $4" = "-v 400 given" ]; }
saveenv() { log "saved $BOOT_ORDER $BOOT_A_LEFT $BOOT_B_LEFT"; [ -z "$readonly" ]; }
booti() { log "booti $slot $*: $bootargs"; case " $broken " in *" $slot:kernel "*) return 1;; esac; exit 0; }
reset() { log reset; exit 0; }
sleep() { :; }
log() { echo "$*" >&3; }
"""


def variables(board: str) -> dict[str, str]:
    made: dict[str, str] = builtin.builtin([LOADER / "boot.cmd", LOADER / f"{board}.env"])
    return made


def boot(*, board: str = "qemu", broken: str = "", **more: str) -> list[str]:
    """What one start does, a line each: what is saved, what is started, or that it resets.

    `broken` has SLOT:FILE or SLOT:kernel for what cannot be read or started.
    """
    settings = variables(board) | {"broken": broken, "readonly": "", "loaded": "", "initrd_sum": "given"} | more
    script = "".join(f"{name}={quoted(value)}\n" for name, value in settings.items())
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec 3>&1 >/dev/null\n{script}{WORDS}\neval "$bootcmd"'],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def started(lines: list[str]) -> str:
    """The slot that starts, or nothing."""
    last = lines[-1].split()
    return last[1] if last[0] == "booti" else ""


def test_a_new_card_starts_its_first_slot_and_has_counted_before() -> None:
    saved, start = boot()
    assert saved == "saved A B 2 3"
    assert start == (
        "booti A 0x42000000 0x47200000:400 0x40000000: "
        "given root=PARTUUID=6f666801-02 rauc.slot=A watchdog.open_timeout=60 "
        "console=ttyAMA0 module_blacklist=sdhci_pci"  # of this board alone
    )


def test_the_second_slot_is_the_third_partition() -> None:
    line = boot(BOOT_ORDER="B A")[-1]
    assert line.startswith("booti B ")
    assert " root=PARTUUID=6f666801-03 rauc.slot=B " in line
    assert started(boot(BOOT_ORDER="B A", broken="B:boot/initrd")) == "A"


def test_a_slot_is_tried_three_times_then_the_other_then_both_again() -> None:
    kept = {"BOOT_ORDER": "A B", "BOOT_A_LEFT": "3", "BOOT_B_LEFT": "3"}
    seen = []
    for _ in range(8):
        lines = boot(**kept)
        seen.append(started(lines) or lines[-1])
        kept = dict(zip(kept, last_saved(lines), strict=True))
    assert seen == ["A", "A", "A", "B", "B", "B", "reset", "A"]


def last_saved(lines: list[str]) -> list[str]:
    words = [line.split()[1:] for line in lines if line.startswith("saved ")][-1]
    return [" ".join(words[:-2]), *words[-2:]]


ORDERS = ("A B", "B A", "A", "B", "", "C", "C B A", "A A B")
FAULTS = ("", "A:boot/vmlinuz", "A:kernel B:boot/initrd", "B:boot/cmdline.env")


@pytest.mark.parametrize("broken", FAULTS)
@pytest.mark.parametrize("order", ORDERS)
def test_whatever_the_state_is_the_first_slot_with_tries_that_can_start_does(order: str, broken: str) -> None:
    for a, b in itertools.product((0, 1, 3), (0, 2)):
        lines = boot(BOOT_ORDER=order, BOOT_A_LEFT=str(a), BOOT_B_LEFT=str(b), broken=broken)
        sound = {slot for slot in "AB" if f"{slot}:" not in broken}
        left = {"A": a, "B": b}
        expected = next((slot for slot in order.split() if left.get(slot) and slot in sound), "")
        assert started(lines) == expected
        assert expected or lines[-1] == "reset"


@pytest.mark.parametrize("order", ORDERS)
def test_where_none_is_left_both_get_their_tries_again_in_an_order_that_has_both(order: str) -> None:
    saved, end = boot(BOOT_ORDER=order, BOOT_A_LEFT="0", BOOT_B_LEFT="0")
    assert saved == f"saved {'B A' if order == 'B A' else 'A B'} 3 3"
    assert end == "reset"


def test_tries_that_another_slot_has_are_not_given_anew() -> None:
    assert boot(BOOT_A_LEFT="1", BOOT_B_LEFT="0", broken="A:kernel")[-2:] == ["saved A B 3 3", "reset"]
    assert boot(BOOT_A_LEFT="3", BOOT_B_LEFT="0", broken="A:kernel")[-2:] == ["saved A B 2 0", "reset"]


def test_more_tries_than_nine_are_nine() -> None:
    assert boot(BOOT_A_LEFT="25")[0] == "saved A B 8 3"


def test_a_card_that_cannot_be_written_starts() -> None:
    assert started(boot(readonly="yes")) == "A"


def test_files_without_their_check_sums_are_not_started() -> None:
    assert boot(initrd_sum="another")[-1] == "reset"
    assert boot(initrd_sum="")[-1] == "reset"


def test_the_cards_slot_has_the_check_sums_that_are_compared(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"a kernel" * 1000)
    script = RECIPE / "slot.sh"
    assert run("sh", "-c", f'. "{script}"; crc32 "{file}"').stdout == f"{zlib.crc32(file.read_bytes()):08x}\n"
    named = re.findall(r"\$\{(crc_\w+)\}", variables("rpi")["fetch"])
    assert named == ["crc_vmlinuz", "crc_initrd"]
    assert "for file in vmlinuz initrd; do printf 'crc_%s=%s" in script.read_text()


def test_nothing_of_a_slot_is_read_before_its_try_is_counted() -> None:
    text = variables("rpi")["walk"]
    assert text.index("run count") < text.index("run fetch") < text.index("run start")
    assert "load" not in variables("rpi")["count"] + variables("rpi")["look"]


@pytest.mark.parametrize(
    ("named", "file"),
    [
        ("broadcom/bcm2837-rpi-3-b.dtb", "bcm2837-rpi-3-b.dtb"),
        ("broadcom/bcm2837-rpi-cm3.dtb", "bcm2837-rpi-cm3-io3.dtb"),
        ("broadcom/bcm2711-rpi-cm4.dtb", "bcm2711-rpi-cm4-io.dtb"),
    ],
)
def test_a_board_gets_its_tree_out_of_the_slot_else_the_firmwares(named: str, file: str) -> None:
    settings = {"board": "rpi", "fdtfile": named, "fdt_addr": "0x2eff0000"}
    assert boot(**settings)[-1].split(":")[1].endswith(" 0x07000000")
    assert boot(**settings, broken=f"A:boot/dtb/{file}")[-1].split(":")[1].endswith(" 0x2eff0000")
    assert f"{file.removesuffix('.dtb')[3:]}" in (LOADER / "trees.sh").read_text()


@given(st.text("AB C", max_size=7), st.integers(0, 12), st.integers(0, 12))
def test_no_state_stops_it(order: str, a: int, b: int) -> None:
    assert boot(BOOT_ORDER=order, BOOT_A_LEFT=str(a), BOOT_B_LEFT=str(b))[-1].split()[0] in {"booti", "reset"}


@pytest.mark.parametrize("board", BOARDS)
def test_every_part_that_is_run_is_there_and_every_path_ends_in_a_reset(board: str) -> None:
    made = variables(board)
    for name in re.findall(r"\brun (\w+)", " ".join(made.values())):
        assert name in made
    assert made["bootcmd"] == "run walk; reset"


@pytest.mark.parametrize("board", BOARDS)
def test_an_unpacked_kernel_of_53_megabytes_overlaps_nothing(board: str) -> None:
    made = variables(board)
    places = [int(made[name], 16) for name in ("kernel_addr_r", "fdt_addr_r", "text_addr", "ramdisk_addr_r")]
    assert places == sorted(places)
    unpacked = int(re.findall(r"CONFIG_SYS_BOOTM_LEN=(\w+)", (LOADER / "loader.config").read_text())[0], 16)
    assert places[0] + unpacked <= places[1]
    assert int(made["kernel_comp_addr_r"], 16) - places[-1] >= 24 << 20  # bytes for the initial file system
    first = 0 if board == "rpi" else 0x40000000
    assert int(made["kernel_comp_addr_r"], 16) + unpacked <= first + (
        512 - 32 - 16 << 20
    )  # the screen's and the loader's own


def test_the_pis_loader_has_no_input_no_serial_line_and_no_network() -> None:
    config = (LOADER / "loader.config").read_text() + (LOADER / "rpi.config").read_text()
    for line in (
        "CONFIG_BOOTDELAY=-2",
        "CONFIG_NO_NET=y",
        "# CONFIG_USB is not set",
        "# CONFIG_SERIAL_PRESENT is not set",
    ):
        assert line in config.splitlines()
    made = variables("rpi")
    assert (made["stdin"], made["stdout"], made["stderr"]) == ("nulldev", "vidconsole", "vidconsole")


def test_the_watchdog_is_armed_on_a_board_and_cannot_be_left_out_by_a_variable() -> None:
    config = (LOADER / "rpi.config").read_text().splitlines()
    assert {"CONFIG_WATCHDOG_AUTOSTART=y", "CONFIG_WATCHDOG_TIMEOUT_MSECS=15000", "CONFIG_WDT_BCM2835=y"} <= set(config)
    assert not [name for name, value in variables("rpi").items() if "wdt" in value or "watchdog" in name]


def test_only_the_state_is_ever_taken_from_the_card() -> None:
    listed = re.findall(r"(\w+):\w+", (LOADER / "state.h").read_text().split("LIST_STATIC")[1])
    assert sorted(listed) == ["BOOT_A_LEFT", "BOOT_B_LEFT", "BOOT_ORDER"]
    assert "CONFIG_ENV_WRITEABLE_LIST=y" in (LOADER / "loader.config").read_text()


def test_the_state_is_where_the_loader_looks_for_it() -> None:
    config = dict(re.findall(r"^CONFIG_(ENV_\w+)=(0x\w+)$", (LOADER / "loader.config").read_text(), re.MULTILINE))
    assert int(config["ENV_SIZE"], 16) == state.SIZE
    assert (int(config["ENV_OFFSET"], 16), int(config["ENV_OFFSET_REDUND"], 16)) == state.PLACES


def test_a_copy_is_a_crc_a_number_and_texts_that_end_in_zeros() -> None:
    made = state.copy({"BOOT_ORDER": "B A"}, 257)
    assert len(made) == 0x2000
    assert made[4:].startswith(b"\x01BOOT_ORDER=B A\0\0")
    assert made[:4] == zlib.crc32(made[5:]).to_bytes(4, "little")


def test_a_state_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 8187 fit"):
        state.copy({"BOOT_ORDER": "A" * 0x2000}, 0)


@pytest.mark.skipif(bool(lacks("fw_printenv")), reason="needs fw_printenv (Debian package libubootenv-tool)")
def test_linux_reads_the_state_of_a_new_card_and_a_test_may_say_another(tmp_path: Path) -> None:
    card = tmp_path / "card.img"
    card.write_bytes(bytes(16 << 20))
    run("python3", str(LOADER / "state.py"), str(card), "BOOT_ORDER=B A")
    config = tmp_path / "fw_env.config"
    config.write_text("".join(f"{card} {place:#x} {state.SIZE:#x}\n" for place in state.PLACES))
    said = run("fw_printenv", "-c", str(config)).stdout.splitlines()
    assert sorted(said) == ["BOOT_A_LEFT=3", "BOOT_B_LEFT=0", "BOOT_ORDER=B A"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("run walk\n", "line 1: 'run walk' belongs to no variable"), ("a=1\nb=2\n\na=\n", "line 4: a is there twice")],
)
def test_a_script_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        builtin.variables(text)


def test_lines_of_a_part_become_one_without_comments() -> None:
    assert builtin.variables("# what\na=\n  if b; then\n    # why\n    c;\n  fi\n\nd=1 2\n") == {
        "a": "if b; then c; fi",
        "d": "1 2",
    }


def test_two_files_do_not_say_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text("pause=0\n")
    with pytest.raises(ValueError, match="two: pause: another file says it already"):
        builtin.builtin([tmp_path / "one", tmp_path / "two"])


def test_a_setting_that_did_not_take_is_named(tmp_path: Path) -> None:
    (tmp_path / "fragment").write_text("CONFIG_A=y\n# CONFIG_B is not set\n# CONFIG_C is not set\nCONFIG_D=1\n")
    (tmp_path / "config").write_text("CONFIG_A=y\nCONFIG_B=y\nCONFIG_D=1\n")
    done = run("sh", str(LOADER / "took.sh"), str(tmp_path / "fragment"), str(tmp_path / "config"), check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "offhook: the loader's configuration has not taken: # CONFIG_B is not set: it has: CONFIG_B=y"
    ]


@pytest.mark.parametrize("script", sorted(LOADER.glob("*.sh")), ids=lambda path: path.name)
def test_a_shell_reads_it(script: Path) -> None:
    run("sh", "-n", str(script))
    assert script.read_text().startswith("#!/bin/sh\n# " + script.name)
