"""Steps about the network: the kernel's files, and its messages about interfaces."""

from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.cli.hardware_test.bench import Options
from appliance.cli.hardware_test.steps.network import links, wifi
from appliance.cli.hardware_test.steps.network.ethernet import looked_at
from appliance.cli.hardware_test.steps.network.wifi import signal
from tests.cli.hardware_test.benches import bench, figures, tree

NET = "sys/class/net"
WIRED: dict[str, str | bytes] = {
    f"{NET}/lo/type": "772",
    f"{NET}/end0/type": "1",
    f"{NET}/end0/device/vendor": "",
    f"{NET}/end0/carrier": "1",
    f"{NET}/end0/speed": "1000",
    f"{NET}/end0/duplex": "full",
    f"{NET}/end0/statistics/rx_crc_errors": "2",
    f"{NET}/wlan0/type": "1",
    f"{NET}/wlan0/device/device": "0xa9a6",
    f"{NET}/wlan0/phy80211/name": "phy0",
    f"{NET}/wlan0/operstate": "up",
    f"{NET}/veth1/type": "1",
    "proc/net/wireless": "Inter-| sta-|\n face | tus |\n wlan0: 0000   60.  -50.  -256        0\n",
}


def test_the_wired_interface_is_the_one_with_a_device(tmp_path: Path) -> None:
    finding = looked_at(tree(tmp_path, WIRED))
    assert finding.outcome == "passed"
    assert figures(finding) == {"link_errors end0": 2, "link_speed end0": 1000, "duplex end0": "full"}


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"carrier": "0"}, "failed"),
        ({"speed": "10"}, "failed"),
        ({"statistics/collisions": "900"}, "failed"),
        ({"speed": "-1"}, "passed"),
    ],
)
def test_a_bad_link_fails(changed: dict[str, str], outcome: str, tmp_path: Path) -> None:
    files = WIRED | {f"{NET}/end0/{name}": value for name, value in changed.items()}
    assert looked_at(tree(tmp_path, files)).outcome == outcome


def test_a_box_without_a_socket_has_nothing_to_try(tmp_path: Path) -> None:
    assert looked_at(tree(tmp_path, {f"{NET}/lo/type": "772"})).outcome == "skipped"


def test_signals_are_those_of_the_interface() -> None:
    said = str(WIRED["proc/net/wireless"])
    assert [each.value for each in signal("wlan0", said)] == [-50]
    assert signal("wlan1", said) == []
    assert not signal("wlan0", said.replace("-50.", "-80."))[0].fits


async def test_wifi_that_has_joined_is_only_looked_at_where_nobody_is(tmp_path: Path) -> None:
    made = bench(machine=tree(tmp_path, WIRED), options=Options(attended=False))
    finding = await wifi.wifi(made)
    assert (finding.outcome, finding.why.key) == ("passed", "hwtest.come_back_untried")
    assert figures(finding)["signal"] == -50
    (tmp_path / NET / "wlan0/operstate").write_text("dormant")
    assert (await wifi.wifi(made)).outcome == "failed"
    assert (await wifi.wifi(bench(machine=tree(tmp_path / "other", {})))).outcome == "skipped"


class Told:
    """Changes that the test makes; `next` lets the next one happen."""

    def __init__(self, operstate: Path, *states: str) -> None:
        self._operstate, self._states = operstate, list(states)

    async def next(self) -> None:
        await trio.sleep(20)
        if not self._states:
            await trio.sleep_forever()
        self._operstate.write_text(self._states.pop(0))


@pytest.mark.parametrize(
    ("states", "outcome", "why"),
    [
        (["dormant", "down", "dormant", "up"], "passed", ""),
        (["down", "dormant"], "failed", "hwtest.never_came_back"),
        ([], "failed", "hwtest.never_went"),
    ],
)
async def test_an_access_point_that_goes_and_comes_back(
    states: list[str],
    outcome: str,
    why: str,
    tmp_path: Path,
    autojump_clock: MockClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = tree(tmp_path, WIRED)
    told = Told(tmp_path / NET / "wlan0/operstate", *states)
    monkeypatch.setattr(wifi, "link_changes", lambda: _context(told))
    finding = await wifi.wifi(bench("", machine=machine))
    assert (finding.outcome, finding.why.key) == (outcome, why)
    if outcome == "passed":
        assert figures(finding)["back_after"] == 60


class _context:  # noqa: N801  # stands for a function
    def __init__(self, told: Told) -> None:
        self._told = told

    def __enter__(self) -> Told:
        return self._told

    def __exit__(self, *_: object) -> None: ...


async def test_the_kernel_can_be_heard_and_let_go() -> None:
    with links.link_changes() as changes, trio.move_on_after(0.01) as scope:
        await changes.next()
    assert scope.cancelled_caught


async def test_what_is_so_already_is_not_waited_for(autojump_clock: MockClock) -> None:
    assert await links.until(lambda: True, Told(Path("/nowhere")), 10) == 0
