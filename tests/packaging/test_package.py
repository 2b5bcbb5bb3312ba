"""The packages as they lie there: control fields, contents, and the same bytes again."""

import re
import shutil
from pathlib import Path

import pytest

from tests.packaging.debs import ARCHES, MACHINES, ROOT, VERSION, output, package, run

PYTHON = Path("usr/lib/offhook/python")
FROM_DEBIAN = {"evdev", "pyudev", "pyserial", "jinja2", "markupsafe"}
NOT_FOR_RUNNING = {"setuptools", "wheel", "packaging"}


@pytest.fixture(scope="module", params=ARCHES)
def arch(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def unpacked(arch: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp(arch)
    output("dpkg-deb", "--raw-extract", package(arch), where)
    return where


def field(arch: str, name: str) -> str:
    return output("dpkg-deb", "--field", package(arch), name).strip()


def test_control_fields(arch: str) -> None:
    assert field(arch, "Package") == "offhook"
    assert field(arch, "Version") == VERSION
    assert field(arch, "Architecture") == arch
    depends = field(arch, "Depends")
    for name in (
        "python3 (>= 3.13~)",
        "python3 (<< 3.14~)",
        "python3-evdev",
        "python3-pyudev",
        "python3-serial",
        "python3-jinja2",
        "libfribidi0",
    ):
        assert name in depends


def test_the_configuration_is_nobodys_but_the_owners(unpacked: Path) -> None:
    assert not (unpacked / "etc").exists()  # so dpkg can never overwrite, ask about or remove it
    assert not (unpacked / "DEBIAN" / "conffiles").exists()
    assert (unpacked / "usr/share/doc/offhook/examples/room.toml").exists()


def test_every_library_is_the_locked_one(unpacked: Path) -> None:
    text = (ROOT / "requirements" / "runtime.txt").read_text()
    lock = re.findall(r"^([\w.-]+)==([\w.]+)(?!.*sys_platform == 'emscripten')", text, re.MULTILINE)  # no browser
    expected = {f"{name}-{version}" for name, version in lock if name not in FROM_DEBIAN | NOT_FOR_RUNNING}
    expected = {name for name in expected if not name.startswith("lgpio-")} | {f"offhook-{VERSION}"}
    there = {path.name.removesuffix(".dist-info") for path in (unpacked / PYTHON).glob("*.dist-info")}
    assert {re.sub(r"[-_.]+", "-", name).lower() for name in there} == {
        re.sub(r"[-_.]+", "-", name).lower() for name in expected
    }
    assert "Version: 0.2.2.0" in (unpacked / PYTHON / "lgpio.egg-info" / "PKG-INFO").read_text()


def test_libraries_are_for_the_right_machine(arch: str, unpacked: Path) -> None:
    libraries = list((unpacked / PYTHON).rglob("*.so*"))
    assert any(path.name.startswith("_lgpio.cpython-313-") for path in libraries)
    for path in libraries:
        assert int.from_bytes(path.read_bytes()[18:20], "little") == MACHINES[arch], path


def test_nothing_of_the_building_machine_is_inside(arch: str, unpacked: Path) -> None:
    assert not list(unpacked.rglob("*.pyc"))
    listed = output("dpkg-deb", "--contents", package(arch)).splitlines()
    assert {line.split()[1] for line in listed} == {"root/root"}
    assert {line[:10] for line in listed} <= {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"}
    assert {line.split()[5] for line in listed if line.startswith("-rwx")} == {
        "./usr/bin/offhook",
        "./usr/lib/offhook/card-changed",
        "./usr/lib/offhook/hid-telephony",
    }
    here = str(ROOT).encode()
    assert not [path for path in unpacked.rglob("*") if path.is_file() and here in path.read_bytes()]


def test_lintian_finds_no_error(arch: str) -> None:
    judged = run("lintian", "--allow-root", package(arch), timeout=120)
    assert "E: " not in judged.stdout, judged.stdout
    assert judged.returncode == 0, judged.stderr


def test_the_same_sources_give_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    arch = "amd64"
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "appliance",
        "drivers",
        "systemd",
        "image",
        "docs",
        "requirements",
    ):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / "build" / "deb").mkdir(parents=True)
    shutil.copytree(ROOT / "build" / "deb" / f"headers-{arch}", tmp_path / "build" / "deb" / f"headers-{arch}")
    when = output("git", "-C", ROOT, "log", "-1", "--format=%ct").strip()
    environ = ["env", f"PYTHON={ROOT}/.venv/bin/python", f"SOURCE_DATE_EPOCH={when}"]
    output(*environ, "sh", tmp_path / "image" / "deb" / "build.sh", arch, timeout=300)
    assert (tmp_path / "dist" / package(arch).name).read_bytes() == package(arch).read_bytes()
