"""A box of a fleet in a booted Debian 13, by its real unit: fleet_checks.sh plays its house, and does things to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.runtime.machine import machine_id
from tests.packaging.debs import ROOT
from tests.packaging.machine import BOOT_TIME, FIRMWARE, FLEET, Machine, installed
from tests.provision.test_sealed import key_in
from tests.runtime.https_server import Authority

pytestmark = pytest.mark.slow
Facts = dict[str, str]

MACHINE = "0123456789abcdef0123456789abcdef"
WEB = """
import base64, http.server, ssl, subprocess

def openssl(*words, given=b""):
    return subprocess.run(["openssl", *words], input=given, check=True, capture_output=True).stdout

class Handler(http.server.SimpleHTTPRequestHandler):
    def do_POST(self):
        if self.headers["Authorization"] != "Basic " + base64.b64encode(b"rooms:only once").decode():
            return self.send_error(401)
        asked = base64.b64decode(self.rfile.read(int(self.headers["Content-Length"])))
        request = openssl("req", "-inform", "DER", given=asked)
        by = ("-CA", "/root/ca.pem", "-CAkey", "/root/ca.key", "-CAserial", "/run/serial", "-CAcreateserial")
        made = openssl("x509", "-req", "-days", "90", *by, given=request)
        self.certificates(made)

    def do_GET(self):
        if self.path.endswith("/cacerts"):
            return self.certificates(open("/root/ca.pem", "rb").read())
        super().do_GET()

    def certificates(self, pem):
        pkcs7 = openssl("crl2pkcs7", "-nocrl", "-certfile", "/dev/stdin", "-outform", "DER", given=pem)
        body = base64.encodebytes(pkcs7)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/root/ca.pem")
context.load_cert_chain("/root/web.pem", "/root/web.key")
context.verify_mode = ssl.CERT_OPTIONAL
server = http.server.ThreadingHTTPServer(("", 8443), Handler)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
"""
INVENTORY = """
[all.config.fleet]
signers = ["{signer}"]
enrol = {{ url = "https://rooms.house.test:8443", user = "rooms", password = {{ secret = "est" }} }}

[all.config.mqtt]
host = "rooms.house.test"
site = "${{site}}"
room = "${{room}}"
certificate = "/etc/offhook/fleet/box.pem"
key = "/etc/offhook/fleet/box.pem"

[sites.hq]

[rooms.neptune]
site = "hq"
# HERE
config.room.name = "Neptune"
config.terminal = {{ host = "192.0.2.20", pin = {{ secret = "pin" }} }}
"""


def furnish(machine: Machine, folder: Path) -> None:
    """Puts into the machine what an administrator has, and what a card has that the package has not."""
    root, authority = machine.root, Authority(folder / "authority")
    key, signer = key_in(folder)
    certificate, web_key = authority.pair("web", "DNS:rooms.house.test")
    given = {"fleet": key, "web.pem": certificate, "web.key": web_key}
    given |= {"ca.pem": authority.certificate, "ca.key": authority.folder / "authority.key"}
    for name, source in given.items():
        shutil.copy(source, root / "root" / name)
    (root / "root/fleet").chmod(0o600)
    (root / "root/web.py").write_text(WEB)
    (root / "root/inventory.toml").write_text(INVENTORY.format(signer=signer))
    (root / "root/card.toml").write_text(f'[fleet]\nsigners = ["{signer}"]\n')
    shutil.copy(authority.certificate, root / "usr/local/share/ca-certificates/house.crt")
    machine.says("update-ca-certificates")
    (root / "etc/machine-id").write_text(f"{MACHINE}\n")
    (root / "etc/resolv.conf").unlink(missing_ok=True)
    (root / "etc/resolv.conf").symlink_to("../run/systemd/resolve/stub-resolv.conf")
    drop_in = "usr/lib/systemd/system/offhook-fleet.service.d"
    shutil.copytree(ROOT / "image/card/root" / drop_in, root / drop_in)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    folder = tmp_path_factory.mktemp("fleet")
    with installed(folder, f"{FIRMWARE},{FLEET}") as machine:
        furnish(machine, folder)
        facts = machine.boot(Path(__file__).with_name("fleet_checks.sh"), within=2 * BOOT_TIME)
        yield {**facts, "known_as": machine_id(machine.root) or ""}


def test_a_box_that_nobody_knows_says_who_it_is(facts: Facts) -> None:
    assert facts["lease"] == "1"
    assert facts["first"] == "3 success"
    assert f"has nothing for the machine {facts['known_as']}" in facts["first_said"]
    assert "(told by DHCP option 224)" in facts["first_said"]
    machine, recipient = facts["identity"].split(" recipient = ")
    assert machine == f'machine = "{facts["known_as"]}"'
    assert recipient.startswith('"age1')
    assert facts["key"] == "root 600"


def test_the_partition_is_written_to_for_that_moment_only(facts: Facts) -> None:
    assert facts["read_only"] == "ro 0"


def test_it_is_shown_who_waits(facts: Facts) -> None:
    assert facts["shown"].startswith("This box waits for its room. ")
    assert facts["identity"].strip() in facts["shown"]


def test_it_becomes_its_room(facts: Facts) -> None:
    assert facts["second"] == "0 success"
    assert "applied; changed: " in facts["second_said"]
    assert facts["room"] == '"Neptune"'
    assert facts["room_mode"] == "root:offhook:640"
    assert facts["gone"] == "room.toml "
    assert facts["ready"] == "active"


def test_its_secrets_are_where_they_belong(facts: Facts) -> None:
    assert facts["encrypted"] == "0"
    assert facts["pin"] == "FA6 0 0"
    assert facts["left"] == "0"


def test_it_has_a_certificate_that_its_service_reads(facts: Facts) -> None:
    assert "certificate for hq/neptune until " in facts["second_said"]
    assert facts["pair"] == "root:offhook:640 subject=CN=hq/neptune"
    assert facts["settings"] == "root:offhook:750"
    assert facts["pair_secrets"] == "root:600 0 0"
    assert "certificate" not in facts["changed_said"]  # nothing was due


def test_what_is_not_new_or_not_signed_changes_nothing(facts: Facts) -> None:
    assert facts["third_said"] == "1"
    assert facts["changed"] == "1 success"
    assert "not signed by a key in [fleet] signers" in facts["changed_said"]
    assert facts["kept"] == "yes"


def test_a_server_that_is_away_is_no_failure(facts: Facts) -> None:
    assert facts["away"] == "3 success"
