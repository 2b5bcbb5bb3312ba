"""A key, and the request that a certificate be made for it (PKCS#10), by openssl."""

from pathlib import Path

from appliance.provision.programs import run

_CONFIGURATION = "[req]\nprompt = no\ndistinguished_name = name\n[name]\nCN = {}\n"  # in -subj a / would begin a part


async def new_key() -> bytes:
    """A key on P-256, which every authority and broker knows. Raises `ProgramError`."""
    return await run(("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"), b"")


async def request(key: bytes, name: str, memory: Path) -> bytes:
    """The request for a name, as PEM; `memory`: a folder in memory. Raises `ProgramError`."""
    file, configuration = _kept(key, memory), memory / "name.cnf"
    configuration.write_text(_CONFIGURATION.format(name))
    return await run(("openssl", "req", "-new", "-key", str(file), "-config", str(configuration)), b"")


async def request_again(key: bytes, pair: Path, memory: Path) -> bytes:
    """The request for the same name and alternatives as the certificate in `pair` has (RFC 7030, 4.2.2)."""
    same = ("-x509toreq", "-copy_extensions", "copy", "-in", str(pair), "-key", str(_kept(key, memory)))
    return await run(("openssl", "x509", *same), b"")


def _kept(key: bytes, memory: Path) -> Path:
    file = memory / "next.key"
    file.touch(0o600)
    file.write_bytes(key)
    return file
