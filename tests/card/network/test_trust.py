"""Authorities of one's own: OpenSSL and Python find them, and nothing of the system's is changed."""

import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.card.conftest import ROOM, Authority, Box

CERTS = "etc/ssl/certs"
CA = '[network]\nca = ["ca.pem"]\n'
Enterprise = Callable[..., Box]


def verified(box: Box, certificate: Path) -> bool:
    """Whether OpenSSL trusts a certificate by the box's folder of authorities alone."""
    openssl = str(shutil.which("openssl"))
    command = [openssl, "verify", "-no-CAfile", "-no-CAstore", "-CApath", str(box.root / CERTS), str(certificate)]
    return subprocess.run(command, capture_output=True, timeout=30).returncode == 0


def test_what_the_authority_signed_is_trusted_and_nothing_else(
    enterprise: Enterprise, authority: Authority, tmp_path: Path
) -> None:
    stranger, _ = Authority(tmp_path / "strangers", "Example CA").signed("radius", "radius.example.com")
    box = enterprise(ca_pem="ca.pem")
    outcome = box.apply(ROOM + CA)
    assert outcome.mistakes == ()
    assert "trust" in outcome.changed
    assert verified(box, authority.folder / "radius.pem")
    assert not verified(box, stranger)
    assert box.apply().changed == frozenset()
    assert box.apply(ROOM).changed == {"trust"}
    assert list((box.root / CERTS).iterdir()) == []
    assert not verified(box, authority.folder / "radius.pem")


def test_python_finds_it_too(enterprise: Enterprise, authority: Authority) -> None:
    box = enterprise(ca_pem="ca.pem")
    box.apply(ROOM + CA)
    client, server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    client.load_verify_locations(capath=box.root / CERTS)
    server.load_cert_chain(authority.folder / "radius.pem", authority.folder / "radius.key")
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    here = client.wrap_bio(to_client, to_server, server_hostname="radius.example.com")
    there = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for side in (here, there):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    assert here.version() == "TLSv1.3"


def test_a_name_that_the_system_has_already_is_not_taken(enterprise: Enterprise, tmp_path: Path) -> None:
    other = Authority(tmp_path / "other", "Example CA")
    box = enterprise(ca_pem="ca.pem")
    box.apply(ROOM + CA)
    (link,) = [path for path in (box.root / CERTS).iterdir() if path.is_symlink()]
    box.apply(ROOM)
    (box.root / CERTS).mkdir(exist_ok=True)
    link.symlink_to("Example_CA.pem")  # the system's, of the same name
    both = (box.boot / "ca.pem").read_text() + other.certificate.read_text()
    (box.boot / "ca.pem").write_text("Company, 2026\r\n" + both.replace("\n", "\r\n"))
    assert box.apply(ROOM + CA).mistakes == ()
    names = sorted(path.name for path in (box.root / CERTS).iterdir() if path.is_symlink())
    assert names == [f"{link.stem}.{number}" for number in range(3)]
    assert str(link.readlink()) == "Example_CA.pem"
    assert verified(box, other.signed("leaf", "leaf.example.com")[0])
    box.apply(ROOM)
    assert [path.name for path in (box.root / CERTS).iterdir()] == [link.name]


def test_a_file_that_is_missing_leaves_what_was_trusted(enterprise: Enterprise, authority: Authority) -> None:
    box = enterprise(ca_pem="ca.pem")
    box.apply(ROOM + CA)
    outcome = box.apply(ROOM + CA.replace("ca.pem", "cb.pem"))
    assert [(mistake.line, mistake.key) for mistake in outcome.mistakes] == [(6, "network.ca")]
    assert verified(box, authority.folder / "radius.pem")
