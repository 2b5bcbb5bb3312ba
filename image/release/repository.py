"""A repository of updates as a folder: `repository.py FOLDER BUNDLE --channel stable --key KEY --certificate CERT`.

Any web server or object store can serve it: `channels/CHANNEL.json`, its signature, and `bundles/`. The bundle goes
in first, then the signature, and last the list that names it; a box that asks between the two asks once more.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from appliance.card.update.channel import Channel, Wave, read
from appliance.card.update.versions import version

DAYS = 400  # for which a list is good: a box that sees an older one says so and follows nothing
LONGEST = 60_000  # characters of the changelog in the list; the bundle has all of it


def publish(folder: Path, bundle: Path, arguments: argparse.Namespace, now: datetime) -> Channel:
    """Puts a bundle into the repository, and has a channel offer it. Raises ValueError for what no box would take."""
    listed = folder / "channels" / f"{arguments.channel}.json"
    former = read(listed.read_bytes()) if listed.exists() else None
    about = _about(bundle, arguments.certificate)
    found = _listed(bundle, about, arguments, former, now)
    if arguments.build and about["build"] != arguments.build:
        raise ValueError(
            f"{bundle.name} is of commit {about['build']}; expected {arguments.build}: remove it, and again"
        )
    there = folder / found.bundle
    if there.exists() and _sha256(there) != found.sha256:
        raise ValueError(f"another {there.name} is published already; expected that one, or a version of its own")
    if former is not None and found.offers < former.offers and not arguments.older:
        raise ValueError(f"the channel offers {former.version} already; expected a newer bundle, or --older")
    content = msgspec.json.format(msgspec.json.encode(found)) + b"\n"
    read(content)
    _put(folder / found.bundle, bundle.read_bytes())
    _put(folder / found.bundle.replace(".raucb", ".changelog.md"), _changelog(bundle).encode())
    _put(listed.with_name(f"{listed.name}.sig"), _signed(content, arguments.key, arguments.certificate))
    _put(listed, content)
    return found


def _about(bundle: Path, certificate: Path) -> dict[str, Any]:
    """What RAUC says of a bundle whose signature is by this certificate."""
    command = ("rauc", "info", f"--keyring={certificate}", "--output-format=json", bundle)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # ours, see above
    about: dict[str, Any] = json.loads(said)
    return about


def _listed(
    bundle: Path, about: dict[str, Any], arguments: argparse.Namespace, former: Channel | None, now: datetime
) -> Channel:
    version(about["version"])
    return Channel(
        channel=arguments.channel,
        serial=1 if former is None else former.serial + 1,
        issued=now,
        not_after=now + timedelta(days=arguments.days),
        compatible=about["compatible"],
        version=about["version"],
        least=arguments.least,
        bundle=f"bundles/offhook_{about['version']}_arm64.raucb",
        size=bundle.stat().st_size,
        sha256=_sha256(bundle),
        waves=tuple(map(wave, arguments.waves)),
        changelog=_changelog(bundle)[:LONGEST],
    )


def wave(text: str) -> Wave:
    """Reads a wave such as 10@2026-12-01T02:00Z. Raises ValueError."""
    percent, at, begins = text.partition("@")
    moment = datetime.fromisoformat(begins) if at else None
    if moment is None or moment.tzinfo is None or not percent.isdecimal() or not 0 <= int(percent) <= 100:
        raise ValueError(f"{text!r} is not a wave; expected PERCENT@TIME such as 10@2026-12-01T02:00Z")
    return Wave(moment, int(percent))


def _changelog(bundle: Path) -> str:
    beside = bundle.with_name(bundle.name.replace(".raucb", ".changelog.md"))
    return beside.read_text(encoding="utf-8") if beside.exists() else ""


def _sha256(bundle: Path) -> str:
    with bundle.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _signed(content: bytes, key: Path, certificate: Path) -> bytes:
    command = ("openssl", "cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER", "-nosmimecap")
    by = ("-signer", certificate, "-inkey", key)
    return subprocess.run((*command, *by), input=content, check=True, capture_output=True).stdout  # noqa: S603  # as above


def _put(where: Path, content: bytes) -> None:
    where.parent.mkdir(parents=True, exist_ok=True)
    new = where.with_name(f".{where.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    shutil.copymode(where, new) if where.exists() else new.chmod(0o644)
    new.replace(where)


def main(words: list[str]) -> int:
    """Publishes; 2 where something is wrong with what is to be published."""
    parser = argparse.ArgumentParser(description="Publishes a bundle in a folder that any web server can serve.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--channel", choices=("stable", "testing"), required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--waves", nargs="*", default=[], metavar="PERCENT@TIME", help="none: all boxes at once")
    parser.add_argument("--days", type=int, default=DAYS, help="for which the list is good")
    parser.add_argument("--build", default="", help="the commit that the bundle has to be of")
    parser.add_argument("--least", default="", help="the oldest version that may become this one directly")
    parser.add_argument(
        "--older", action="store_true", help="offer an older version than before: boxes stay as they are"
    )
    arguments = parser.parse_args(words)
    try:
        found = publish(arguments.folder, arguments.bundle, arguments, datetime.now(UTC))
    except subprocess.CalledProcessError as error:
        print(f"offhook: {error.cmd[0]}: {(error.stderr or b'')!s}", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"offhook: {error}", file=sys.stderr)
        return 2
    print(f"{arguments.folder}: {found.channel} has {found.version}, number {found.serial}, {found.size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
