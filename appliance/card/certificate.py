"""A certificate of the box's own, made once, where `[panel]` or `[share]` asks for it and none is there.

Its dates are fixed: a new box does not know the time yet, and dates counted from a wrong clock could be over before
anybody sees them.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from appliance.card.hostname import NAME
from appliance.config.schema import Config
from appliance.language.text import Text, Unusable
from appliance.panel.certificate import CertificateError, Pair, fingerprint, server_context
from appliance.runtime import atomic

FOLDER = "etc/offhook/tls"
CERTIFICATE, KEY = f"{FOLDER}/certificate.pem", f"{FOLDER}/key.pem"
BEGIN, END = "20250101000000Z", "20491231235959Z"
WITHIN = 20  # seconds for each command; early at boot the kernel may still be gathering randomness
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII | re.IGNORECASE)
_SETTINGS = """\
[req]
distinguished_name = name
prompt = no
[name]
commonName = {name}
[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = policy
x509_extensions = extensions
[policy]
commonName = supplied
[extensions]
subjectAltName = DNS:{name}
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
"""
_NEW_KEY = (
    "openssl req -config settings -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out request"
)
_SIGN = (  # `ca` and not `req -x509`, which takes dates only from OpenSSL 3.4 on
    "openssl ca -config settings -selfsign -keyfile key -in request -out certificate -notext -batch "
    f"-startdate {BEGIN} -enddate {END}"
)


def asked_for(config: Config) -> bool:
    """Whether any table that shows one names the box's own pair; any other is its owner's, and none is made."""
    shown = (config.panel, config.share, config.metrics)
    own = (f"/{CERTIFICATE}", f"/{KEY}")
    return any(each is not None and (each.certificate, each.key) == own for each in shown)


def ensure(root: Path) -> bool:
    """Makes the pair where there is no certificate; whether it did. Raises `OSError` and `ValueError`.

    The key goes first: cut short, the certificate is missing, and the next time makes both. What somebody else put
    there and cannot be used is left alone, and an error.
    """
    atomic.make_folder(root / FOLDER, 0o750)
    if atomic.content_of(root / CERTIFICATE):
        _check(root)
        return False
    certificate, key = _made(_name(root))
    atomic.write(root / KEY, key, 0o640)
    atomic.write(root / CERTIFICATE, certificate, 0o644)
    return True


def shown(root: Path) -> str:
    """The fingerprint of the certificate below `root`; nothing where there is no whole pair."""
    try:
        _check(root)
    except ValueError:
        return ""
    return fingerprint(root / CERTIFICATE)


def _check(root: Path) -> None:
    try:
        server_context(Pair(root / CERTIFICATE, root / KEY))
    except CertificateError as error:
        raise Unusable(error.text) from None


def _name(root: Path) -> str:
    """The box's name in the network (mDNS)."""
    label = (atomic.content_of(root / NAME) or b"").decode(errors="replace").strip().split(".")[0]
    return f"{label if _LABEL.fullmatch(label) else 'offhook'}.local"


def _made(name: str) -> tuple[bytes, bytes]:
    """A new certificate for this name and its key, both PEM."""
    with tempfile.TemporaryDirectory(prefix="offhook-") as text:
        folder = Path(text)
        (folder / "settings").write_text(_SETTINGS.format(name=name))
        (folder / "index").touch()
        for command in (_NEW_KEY, _SIGN):
            _run(command, folder)
        return (folder / "certificate").read_bytes(), (folder / "key").read_bytes()


def _run(command: str, folder: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603  # ours, see above
            command.split(), cwd=folder, check=False, capture_output=True, text=True, timeout=WITHIN
        )
    except subprocess.TimeoutExpired:
        raise Unusable(Text("card.openssl_late", seconds=WITHIN)) from None
    if done.returncode:
        raise Unusable(Text("card.openssl", words=done.stderr.strip()[-200:]))
