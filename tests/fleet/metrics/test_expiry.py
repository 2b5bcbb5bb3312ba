"""When a certificate ends, as openssl writes it."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.fleet.metrics.expiry import NotReadable, expiry, not_after

OPENSSL = shutil.which("openssl")


@pytest.fixture(params=["20300102030405Z", "20491231235959Z", "20500101000000Z", "99991231235959Z"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A certificate that ends then, by a time of either form."""
    if OPENSSL is None:
        pytest.skip("openssl is not installed")
    settings = tmp_path / "settings"
    settings.write_text(
        f"[ca]\ndefault_ca=a\n[a]\ndatabase={tmp_path}/index\nnew_certs_dir={tmp_path}\nserial={tmp_path}/serial\n"
        "default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n[req]\ndistinguished_name=d\nprompt=no\n[d]\nCN=box\n"
    )
    (tmp_path / "index").touch()
    (tmp_path / "serial").write_text("01\n")
    request_made = (
        f"{OPENSSL} req -config settings -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
        "-keyout key -out request"
    )
    signed = (
        f"{OPENSSL} ca -config settings -selfsign -keyfile key -in request -out certificate -batch "
        f"-startdate 20200101000000Z -enddate {request.param}"
    )
    for command in (request_made, signed):
        subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "certificate", request.param


def test_it_is_what_openssl_says(made: tuple[Path, str]) -> None:
    path, _ = made
    told = subprocess.run([str(OPENSSL), "x509", "-enddate", "-noout", "-in", path], capture_output=True, text=True)
    assert expiry(path) == ssl.cert_time_to_seconds(told.stdout.strip().partition("=")[2])


def test_of_a_chain_it_is_the_first(made: tuple[Path, str], tmp_path: Path) -> None:
    path, _ = made
    chain = tmp_path / "chain"
    chain.write_text(path.read_text() + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    assert expiry(chain) == expiry(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        f"{ssl.PEM_HEADER}\n",
        f"{ssl.PEM_FOOTER}{ssl.PEM_HEADER}",
        f"{ssl.PEM_HEADER}\nAAAA\n{ssl.PEM_FOOTER}\n",
    ],
)
def test_what_is_no_certificate(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text(text)
    with pytest.raises(NotReadable):
        expiry(tmp_path / "file")


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        expiry(tmp_path / "gone")


@given(st.binary(max_size=200))
@example(b"\x30")
@example(b"\x30\x84\xff\xff\xff\xff")
@example(b"\x30\x0d\x30\x0b\x02\x00\x30\x00\x30\x00\x30\x03\x17\x01\xff")
def test_nonsense_is_no_certificate(der: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # there are many words for nonsense
        not_after(der)
