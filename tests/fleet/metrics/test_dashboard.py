"""The dashboard and the alerts ask for what rooms have, in words that Prometheus understands."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from appliance.fleet.metrics.declared import ALL, PROCESS, Metric
from tests.cli.processes import ROOT

PROMTOOL = shutil.which("promtool")
DASHBOARD: dict[str, Any] = json.loads((ROOT / "image/fleet/grafana/offhook.json").read_text())
RULES = (ROOT / "image/fleet/prometheus/rules/offhook.yml").read_text()
GRAFANA = {"$__rate_interval": "5m", "$__range": "24h"}
TARGET_LABELS = {"job", "instance", "site", "building", "room"}


def panels() -> list[dict[str, Any]]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def expressions() -> list[str]:
    """What the dashboard asks, as Grafana fills it in."""
    found = [target["expr"] for panel in panels() for target in panel["targets"]]
    for name, value in GRAFANA.items():
        found = [each.replace(name, value) for each in found]
    return [re.sub(r"\$\w+", ".*", each) for each in found]


def alerts() -> list[str]:
    return [rule["expr"] for rule in yaml.safe_load(RULES)["groups"][0]["rules"]]


def scraped() -> Iterator[tuple[str, Metric]]:
    for metric in (*ALL, *PROCESS):
        ends = ("_bucket", "_sum", "_count") if metric.kind == "histogram" else ("",)
        yield from ((metric.scraped + end, metric) for end in ends)


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")
def test_prometheus_understands_every_question(tmp_path: Path) -> None:
    rules = [{"record": f"asked:{number}", "expr": each} for number, each in enumerate(expressions())]
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"name": "asked", "rules": rules}]}))
    told = subprocess.run([str(PROMTOOL), "check", "rules", tmp_path / "rules.yml"], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"{len(rules)} rules found" in told.stdout


@pytest.mark.parametrize("expression", [*expressions(), *alerts()])
def test_what_is_asked_for_is_there(expression: str) -> None:
    known = dict(scraped())
    for name, selector in re.findall(r"\b(offhook_\w+)(?:\{([^}]*)\})?", expression):
        assert name in known
        assert set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\"", selector)) <= {*known[name].labels, *TARGET_LABELS}


def test_counters_are_never_shown_as_they_are() -> None:
    """They begin again with each start: only what they grew by means anything."""
    counters = [metric.scraped for metric in (*ALL, *PROCESS) if metric.kind in {"counter", "histogram"}]
    for expression in (*expressions(), *alerts()):
        for name in counters:
            for found in re.finditer(rf"\b{name}(_bucket|_sum|_count)?(\{{[^}}]*\}})?", expression):
                assert expression[found.end() :].startswith("["), expression


def test_what_the_dashboard_leaves_out() -> None:
    """A metric that nobody looks at is worth a second thought."""
    asked = " ".join([*expressions(), *alerts()])
    left_out = {metric.name for name, metric in scraped() if not re.search(rf"\b{name}\b", asked)}
    assert left_out - {"offhook_press_to_wire_seconds"} == {
        *("offhook_link_state_seconds", "offhook_service_state_seconds"),  # for how long: alerts have `for`
        *(
            "offhook_link_connects",
            "offhook_terminal_list_entries_cut",
            "offhook_terminal",
            "offhook_terminal_sleeping",
        ),
        *("offhook_output_on", "offhook_lamps", "offhook_host_uptime_seconds"),
        *(each.name for each in PROCESS if "fds" in each.name or "virtual" in each.name or "start_time" in each.name),
    }


def test_panels_have_places_of_their_own() -> None:
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert max(x for x, _ in cells) < 24
        assert not taken & cells, panel["title"]
        taken |= cells


def test_every_panel_can_be_narrowed_to_a_room() -> None:
    for panel in panels():
        for target in panel["targets"]:
            assert 'room=~"$room"' in target["expr"], panel["title"]
            assert target["datasource"]["uid"] == "${datasource}"
