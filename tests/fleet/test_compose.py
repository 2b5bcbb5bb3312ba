"""The broker, Prometheus and Grafana of `image/fleet`: compose.yaml, and the broker's files on a real mosquitto."""

import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import paho.mqtt.client as paho
import pytest
import yaml
from click.testing import CliRunner
from paho.mqtt.enums import CallbackAPIVersion

from appliance.cli.main import main
from tests.cli.processes import PATIENCE, ROOT
from tests.fleet.mqtt.link.certificates import needs_openssl
from tests.fleet.mqtt.mosquitto import a_broker, free_port, needs_mosquitto
from tests.fleet.mqtt.test_overview import said

FOLDER = ROOT / "image" / "fleet"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SCRIPT = FOLDER / "certificates.sh"
NEPTUNE, PLUTO, ELSEWHERE, STATUS = "hq/neptune", "hq/pluto", "riga/neptune", "status"


def mounts() -> list[tuple[str, Path, str]]:
    """Service, file or folder of the source, and place in the container, of all that is no volume of its own."""
    found = []
    for name, service in COMPOSE["services"].items():
        for line in service["volumes"]:
            here, there, *_ = line.split(":")
            if here.startswith("."):
                found.append((name, FOLDER / here, there))
    return found


def certificates(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["/bin/sh", SCRIPT, words[0], folder, *words[1:]], capture_output=True, text=True, timeout=PATIENCE
    )
    return done.stderr if done.returncode else ""


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    assert certificates(folder, "broker", "localhost", "127.0.0.1") == ""
    assert certificates(folder, "room", NEPTUNE, PLUTO, ELSEWHERE) == ""
    assert certificates(folder, "client", STATUS) == ""
    return folder


@pytest.fixture
def port(tmp_path: Path, signed: Path) -> Iterator[int]:
    """The broker of compose.yaml, but for its paths and its port."""
    port, data = free_port(), tmp_path / "data"
    data.mkdir()
    places = {
        "/mosquitto/certificates": str(signed),
        "/mosquitto/config": str(FOLDER / "mosquitto"),
        "/mosquitto/data": str(data),
        "listener 8883": f"user root\nlistener {port} 127.0.0.1",
    }
    text = (FOLDER / "mosquitto" / "mosquitto.conf").read_text()
    for there, here in places.items():
        assert there in text
        text = text.replace(there, here)
    (tmp_path / "mosquitto.conf").write_text(text)
    with a_broker(tmp_path, port=port, config=tmp_path / "mosquitto.conf"):
        yield port


class Client:
    """Somebody with a certificate; what the broker has given is `heard`."""

    def __init__(self, port: int, folder: Path, name: str | None) -> None:
        self.heard: list[str] = []
        self.reasons: list[int] = []
        self._client = paho.Client(CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
        context = ssl.create_default_context(cafile=folder / "ca.pem")
        if name:
            context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        self._client.tls_set_context(context)
        self._client.on_message = lambda _client, _data, message: self.heard.append(message.topic)
        self._client.on_publish = lambda _client, _data, _id, reason, _properties: self.reasons.append(reason.value)
        self._client.connect("localhost", port)

    def does(self, *done: tuple[str, str]) -> None:
        """Subscribes or publishes, and returns when the broker has answered all of it."""
        acknowledged: list[int] = []
        self._client.on_subscribe = lambda _client, _data, number, _codes, _properties: acknowledged.append(number)
        self._turn(self._client.is_connected)
        for verb, topic in done:
            if verb == "read":
                self._client.subscribe(topic, qos=1)
                self._turn(lambda: acknowledged)
                acknowledged.clear()
            else:
                self.say(topic, b"x")

    def say(self, topic: str, payload: bytes) -> None:
        """Publishes what the broker is to keep, and returns when it has answered."""
        before = len(self.reasons)
        self._client.publish(topic, payload, 1, retain=True)
        self._turn(lambda: len(self.reasons) > before)

    def _turn(self, condition: Callable[[], object]) -> None:
        for _ in range(200):
            if condition():
                return
            assert self._client.loop(0.1) == paho.MQTT_ERR_SUCCESS
        raise AssertionError("no answer of the broker")


@needs_mosquitto
@needs_openssl
def test_a_room_writes_its_own_topics_and_those_of_no_other(port: int, signed: Path) -> None:
    room = Client(port, signed, NEPTUNE)
    own, others = f"offhook/{NEPTUNE}/health", [f"offhook/{name}/health" for name in (PLUTO, ELSEWHERE)]
    room.does(("write", own), *(("write", topic) for topic in others), ("write", f"offhook/{PLUTO}/action"))
    assert room.reasons == [16, 135, 135, 135]  # nobody has subscribed; not authorized (MQTT 5, 3.4.2.1)
    reader = Client(port, signed, STATUS)
    reader.does(("read", "offhook/#"), ("write", "offhook/end"), ("read", "offhook/none"))
    assert reader.heard == [own]
    assert reader.reasons == [135]


@needs_mosquitto
@needs_openssl
def test_a_room_reads_what_is_asked_of_it_and_nothing_of_others(port: int, signed: Path) -> None:
    room, other = Client(port, signed, NEPTUNE), Client(port, signed, PLUTO)
    other.does(("write", f"offhook/{PLUTO}/identity"), ("write", f"offhook/{PLUTO}/health"))
    room.does(("write", f"offhook/{NEPTUNE}/identity"), ("read", "#"), ("read", "offhook/none"))
    assert room.heard == [f"offhook/{NEPTUNE}/identity"]


@needs_mosquitto
@needs_openssl
def test_nobody_comes_in_without_a_certificate(port: int, signed: Path) -> None:
    with pytest.raises((ssl.SSLError, AssertionError, ConnectionError)):
        Client(port, signed, None).does(("read", "#"))


@needs_mosquitto
@needs_openssl
def test_the_status_of_all_rooms_as_the_guide_asks_for_it(port: int, signed: Path) -> None:
    room = Client(port, signed, NEPTUNE)
    room.does()
    for name, payload in said().items():
        room.say(f"offhook/{NEPTUNE}/{name}", payload)
    words = ("--ca", "ca.pem", "--certificate", f"{STATUS}.pem", "--key", f"{STATUS}.key")
    given = [word if word.startswith("--") else str(signed / word) for word in words]
    done = CliRunner().invoke(main, ["fleet", "status", "localhost", "--port", str(port), *given])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "1 rooms, 1 of them well")
    refused = CliRunner().invoke(main, ["fleet", "status", "localhost", "--port", str(port), *given[:2]])
    assert refused.exit_code == 3


@needs_openssl
def test_certificates_that_are_there_stay(signed: Path) -> None:
    before = {path: path.read_bytes() for path in signed.rglob("*") if path.is_file()}
    assert certificates(signed, "broker", "localhost") == ""
    assert certificates(signed, "room", NEPTUNE) == ""
    assert {path: path.read_bytes() for path in signed.rglob("*") if path.is_file()} == before
    assert {path.stat().st_mode & 0o777 for path in signed.rglob("*.key")} == {0o600}


@needs_openssl
@pytest.mark.parametrize(
    "words",
    [
        ("room", "hq"),
        ("room", "hq/#"),
        ("room", "+/neptune"),
        ("room", "../neptune"),
        ("room", "hq/" + "n" * 62),
        ("room", "hq/neptune\nCN = hq/pluto"),
        ("client", "ca"),
        ("client", "hq/neptune"),
        ("broker", "a b"),
        ("else", "a"),
    ],
)
def test_names_that_would_be_somebody_else_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert re.search("expected (?!the authority)|the name of another file", certificates(tmp_path, *words))
    assert [*tmp_path.rglob("*.pem")] == []


@needs_openssl
def test_without_the_authority_nothing_is_signed(tmp_path: Path) -> None:
    assert "ca.key is missing" in certificates(tmp_path, "room", NEPTUNE)


@pytest.mark.parametrize(("service", "here", "there"), mounts(), ids=str)
def test_what_a_container_is_given_exists(service: str, here: Path, there: str) -> None:
    made = here.parent.name == "certificates"  # by certificates.sh, and not in the source
    assert made or here.exists(), f"{service}: {here}"
    assert there.startswith("/")


def test_places_in_the_containers_are_those_that_the_files_name() -> None:
    there = [place for _, _, place in mounts()]
    named = re.findall(r"^\w+ (/\S+)", (FOLDER / "mosquitto" / "mosquitto.conf").read_text(), re.MULTILINE)
    assert len(named) == 5
    own = [line.split(":")[1] for line in COMPOSE["services"]["mosquitto"]["volumes"] if not line.startswith(".")]
    lacking = [path for path in named if not any(path.startswith(place.rstrip("/")) for place in (*there, *own))]
    assert lacking == []
    (provider,) = yaml.safe_load((FOLDER / "grafana/provisioning/dashboards/offhook.yml").read_text())["providers"]
    assert any(place.startswith(provider["options"]["path"]) for place in there)
    (source,) = yaml.safe_load((FOLDER / "grafana/provisioning/datasources/prometheus.yml").read_text())["datasources"]
    assert source["url"].split("/")[2].split(":")[0] in COMPOSE["services"]


def test_only_the_broker_listens_beyond_the_machine() -> None:
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items()}
    assert ports.pop("mosquitto") == ["8883:8883"]
    assert all(port.startswith("127.0.0.1:") for each in ports.values() for port in each)


def test_no_password_is_in_the_source_and_none_is_presumed() -> None:
    password = COMPOSE["services"]["grafana"]["environment"]["GF_SECURITY_ADMIN_PASSWORD"]
    assert re.match(r"\$\{GRAFANA_PASSWORD:\?", password)


def has_compose() -> bool:
    docker = shutil.which("docker")
    return docker is not None and not subprocess.run([docker, "compose", "version"], capture_output=True).returncode


@pytest.mark.skipif(not has_compose(), reason="docker compose is not installed")
def test_docker_takes_it() -> None:
    words = ["docker", "compose", "-f", str(FOLDER / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(words, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "GRAFANA_PASSWORD": "x"})
    assert done.returncode == 0, done.stderr
