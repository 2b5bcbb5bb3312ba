"""HID report descriptors and reports: any device is read as far as it goes, or refused with `DescriptorError`.

An input is two bytes of length (little-endian), a report descriptor of that length, and then reports, each behind a
byte with its length (the lower six bits) and what happens before it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from drivers.speakerphone.controls import has_hook, has_mute, is_telephony
from drivers.speakerphone.descriptor import Descriptor, DescriptorError, Kind, parse
from drivers.speakerphone.profiles import GENERIC, PROFILES
from drivers.speakerphone.reports import InputReports, OutputReports
from drivers.speakerphone.requests import Request
from drivers.speakerphone.telephony import LAMP_USAGES, Conversation, Lamps

FIELD = Path(__file__).parents[2] / "drivers" / "speakerphone" / "field"
RECORDINGS = Path(__file__).parents[2] / "recordings"
ALL_PROFILES = (GENERIC, *PROFILES)
SHOWN = (Lamps(), Lamps(ring=True), Lamps(off_hook=True), Lamps(off_hook=True, mute=True), Lamps(hold=True))
PAUSES = (0.01, 0.4, 0.7, 3.0)  # seconds: before and after an echo counts, and after a device has given up
WORDS = tuple(
    bytes.fromhex(item)
    for item in (
        *("05 0B", "05 08", "05 09", "05 0C", "05 01", "09 05", "09 20", "09 2F", "09 21", "09 E9", "09 EA", "A1 01"),
        *("A1 02", "C0", "15 00", "25 01", "25 FF", "26 FF 00", "27 FF FF FF 7F", "17 00 00 00 80", "75 01", "95 01"),
        *("75 10", "95 08", "85 01", "85 02", "81 02", "81 06", "81 03", "81 00", "91 02", "B1 02", "A4", "B4", "FE"),
        *("19 01", "29 08", "1A 00 00", "2A FF FF", "0B 20 00 0B 00", "A9 01", "A9 00", "97 FF FF FF FF", "09 17"),
    )
)


def one_input(data: bytes) -> None:
    """Plugs a device in, lets it say its reports, and shows lamps on it."""
    size = int.from_bytes(data[:2], "little")
    try:
        descriptor = parse(data[2 : 2 + size])
    except DescriptorError:
        return
    _is_sound(descriptor)
    _talk(descriptor, data[2 + size :])


def _is_sound(descriptor: Descriptor) -> None:
    """Every field lies within its report, and what is asked about the whole device has an answer."""
    for field in descriptor.fields:
        assert field.offset + field.size * field.count <= descriptor.bits[field.kind, field.report_id]
        assert field.usage(field.usage_count()) is None
        assert field.index(field.usages[0][0]) == 0
    is_telephony(descriptor), has_hook(descriptor), has_mute(descriptor)


def _talk(descriptor: Descriptor, said: bytes) -> None:
    profile = ALL_PROFILES[len(said) % len(ALL_PROFILES)]
    inputs = InputReports(descriptor, profile.pressed)
    outputs = OutputReports(descriptor, LAMP_USAGES | profile.lamps())
    conversation, now = Conversation(profile), 0.0
    for number, (pause, report) in enumerate(_reports(said)):
        lamps = SHOWN[(number + len(report)) % len(SHOWN)]
        conversation.lamps_sent(lamps, now)
        _are_whole(descriptor, outputs.encode(profile.lit(lamps.usages(), outputs.lamps)))
        now += pause
        asked = conversation.heard(inputs.read(report), now)
        asked += conversation.settle(max(now, min(conversation.deadline, now + 10.0)))
        assert all(isinstance(each, Request) for each in asked)


def _are_whole(descriptor: Descriptor, reports: list[bytes]) -> None:
    for report in reports:
        bits = descriptor.bits[Kind.OUTPUT, report[0]]
        assert len(report) == 1 + (bits + 7) // 8


def _reports(said: bytes) -> Iterator[tuple[float, bytes]]:
    at = 0
    while at < len(said):
        size = said[at] & 0x3F
        yield PAUSES[said[at] >> 6], said[at + 1 : at + 1 + size]
        at += 1 + size


def seeds() -> Iterator[bytes]:
    """Descriptors of the field, and those of the recordings with all that was heard."""
    reports = b"\x02\x01\x01\x42\x01\x00\x83\x01\xff\xff\xc3\x02\x01\x00\x00"
    for path in sorted(FIELD.glob("*.hex")):
        text = "".join(line.partition("#")[0] for line in path.read_text().splitlines())
        yield joined(bytes.fromhex(text), reports)
    for path in sorted(RECORDINGS.glob("*.jsonl")):
        yield from _recorded([json.loads(line) for line in path.read_text().splitlines()])


def _recorded(lines: list[dict[str, object]]) -> Iterator[bytes]:
    texts = [value for line in lines for value in line.values() if isinstance(value, str)]
    blocks = [bytes.fromhex(text) for text in texts if _is_hexadecimal(text)]
    if blocks:
        descriptor = max(blocks, key=len)
        said = b"".join(bytes((len(each) | 0x40,)) + each for each in blocks if len(each) < 0x40)
        yield joined(descriptor, said)


def _is_hexadecimal(text: str) -> bool:
    digits = text.replace(" ", "")
    return len(digits) >= 2 and len(digits) % 2 == 0 and all(digit in "0123456789abcdefABCDEF" for digit in digits)


def joined(descriptor: bytes, reports: bytes) -> bytes:
    """An input of this target."""
    return len(descriptor).to_bytes(2, "little") + descriptor + reports
