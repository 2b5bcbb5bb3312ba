"""The kiosk in a booted Debian 13, on a screen in memory: its real unit, cage and Chromium; see kiosk_checks.sh."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.debs import ROOT, VERSION, package
from tests.packaging.machine import FIRMWARE, KIOSK, installed

pytestmark = pytest.mark.slow
Facts = dict[str, str]
BOOT_TIME = 900.0  # seconds: browsers start eight times, each in ten seconds on a machine that has time
CHECKS = Path(__file__).with_name("kiosk_checks.sh")
DEB = ROOT / "dist" / f"offhook-kiosk_{VERSION}_all.deb"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    where = tmp_path_factory.mktemp("kiosk")
    with installed(where, f"{FIRMWARE},{KIOSK}", [package("amd64"), DEB]) as machine:
        yield machine.boot(CHECKS, BOOT_TIME)


def test_it_is_on_with_its_restart_at_night(facts: Facts) -> None:
    assert facts["enabled"].split() == ["enabled"] * 3


def test_without_the_boxs_page_it_shows_its_own(facts: Facts) -> None:
    assert facts["waiting"] == "1"


def test_the_panel_is_alive_on_a_screen_that_is_turned(facts: Facts) -> None:
    assert (facts.get("checked"), facts.get("alive")) == ("yes", "yes")
    assert json.loads(facts["settings"])["settings"] == json.loads(facts["kept"])
    assert json.loads(facts["kept"])["path"] == "/panel?inches=7"
    assert facts["transform"] == "90"
    assert facts["screen"].split() == ["0", "0", "2", "208", "0", "0", "5", "0"]  # 720 wide, 1280 high


def test_words_are_drawn_on_it(facts: Facts) -> None:
    assert int(facts["colours"]) > 8  # letters have soft edges


def test_the_browsers_sandbox_is_on_inside_of_the_units(facts: Facts) -> None:
    filtered, without = map(int, facts["sandbox"].split())
    assert filtered > 0
    assert without == 0
    assert int(facts["namespaces"]) >= 1
    assert int(facts["capabilities"], 16) == 0
    assert facts["groups"].split() == ["offhook-kiosk", "render", "video"]
    assert facts["reads_secrets"] == "0"


def test_a_page_that_hangs_is_replaced(facts: Facts) -> None:
    assert facts.get("hung") == "yes"


def test_a_browser_that_is_killed_is_replaced(facts: Facts) -> None:
    assert facts.get("killed") == "yes"


def test_the_page_is_left_alone_while_the_box_is_down(facts: Facts) -> None:
    assert facts["away"] == "same"


def test_at_night_there_is_a_new_browser(facts: Facts) -> None:
    assert facts.get("night") == "yes"


def test_it_ends_with_all_that_it_has_started(facts: Facts) -> None:
    assert int(facts["stop_ms"]) < 10_000
    assert facts["stop_result"] == "success"
    assert facts["left"] == "0 0"
    assert facts["removed"] == "inactive"
