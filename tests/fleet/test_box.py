"""What the machine tells, from files as the kernel has them."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.fleet.box import ENDED, RESULTS, read_box, start_reason


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_a_machine_that_tells_nothing(tmp_path: Path) -> None:
    box = read_box(None, tmp_path)
    assert (box.temperature, box.throttled, box.under_voltage, box.synchronised, box.uptime) == (None,) * 5
    assert box.disk is not None


def test_a_pi_with_debians_kernel(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "sys/class/thermal/thermal_zone0/temp": "51234\n",
            "sys/class/thermal/cooling_device0/type": "cpufreq-cpu0\n",
            "sys/class/thermal/cooling_device0/cur_state": "0\n",
            "sys/class/thermal/cooling_device1/type": "pwm-fan\n",
            "sys/class/thermal/cooling_device1/cur_state": "3\n",
            "sys/class/hwmon/hwmon0/name": "cpu_thermal\n",
            "sys/class/hwmon/hwmon1/name": "rpi_volt\n",
            "sys/class/hwmon/hwmon1/in0_lcrit_alarm": "0\n",
            "proc/uptime": "123.45 99.9\n",
            "run/systemd/timesync/synchronized": "",
        },
    )
    box = read_box(None, tmp_path)
    assert (box.temperature, box.throttled, box.under_voltage) == (51.234, False, False)
    assert (box.synchronised, box.uptime) == (True, 123.45)
    put(
        tmp_path,
        {
            "sys/class/thermal/cooling_device0/cur_state": "2\n",
            "sys/class/hwmon/hwmon1/in0_lcrit_alarm": "1\n",
        },
    )
    (tmp_path / "run/systemd/timesync/synchronized").unlink()
    box = read_box(None, tmp_path)
    assert (box.throttled, box.under_voltage, box.synchronised) == (True, True, False)


@pytest.mark.parametrize(
    ("bits", "throttled", "under_voltage"),
    [("0", False, False), ("50000", False, False), ("50005", True, True), ("1", False, True), ("8", True, False)],
)
def test_the_firmware_of_raspberry_pi_os(tmp_path: Path, bits: str, throttled: bool, under_voltage: bool) -> None:
    put(tmp_path, {"sys/devices/platform/soc/soc:firmware/get_throttled": f"{bits}\n"})
    box = read_box(None, tmp_path)
    assert (box.throttled, box.under_voltage) == (throttled, under_voltage)


def test_the_disk_is_that_of_the_state_directory(tmp_path: Path) -> None:
    disk = read_box(tmp_path).disk
    assert disk is not None
    assert disk.size == shutil.disk_usage(tmp_path).total
    assert not disk.read_only
    assert read_box(tmp_path / "gone").disk is None


@given(st.binary(max_size=100))
def test_nonsense_is_not_known(content: bytes) -> None:
    import tempfile  # noqa: PLC0415  # a folder for each example

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        put(root, {"sys/class/thermal/thermal_zone0/temp": "", "proc/uptime": "", "state/x": ""})
        for name in ("sys/class/thermal/thermal_zone0/temp", "proc/uptime", f"state/{ENDED}"):
            (root / name).write_bytes(content)
        read_box(None, root)
        assert start_reason(root / "state", root) in {"boot", "unknown", *RESULTS}


@pytest.mark.parametrize("result", sorted(RESULTS))
def test_how_the_process_before_ended(tmp_path: Path, result: str) -> None:
    put(tmp_path, {"proc/sys/kernel/random/boot_id": "b\n", f"state/{ENDED}": f"b {result}\n"})
    assert start_reason(tmp_path / "state", tmp_path) == result
    put(tmp_path, {"proc/sys/kernel/random/boot_id": "c\n"})
    assert start_reason(tmp_path / "state", tmp_path) == "boot"
    assert start_reason(None, tmp_path) == "unknown"
