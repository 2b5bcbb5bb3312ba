"""Speakerphones that do what is written down: what each sends when a person does a step, and when its lamps change.

Behind each stands what is publicly known of such devices; none of it was taken from a device.
"""

import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import msgspec
import trio

from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.events import ReportsOnly
from drivers.speakerphone.fake import VirtualSpeakerphone
from drivers.speakerphone.recording import Header, in_hex
from drivers.speakerphone.steps import STEPS
from tests.drivers.speakerphone import descriptors as hid

Reports = Sequence[str]  # in hex


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """A device. `steps`: what it sends at each step that it can do; `answers`: more that it says to lamps."""

    name: str
    product: str
    origin: str
    descriptor: bytes
    steps: Mapping[str, Reports]
    answers: Mapping[str, Reports] = {}

    def header(self) -> Header:
        return Header(
            name=self.name,
            product=self.product,
            origin=f"synthetic: {self.origin}",
            descriptor=in_hex(self.descriptor),
        )


class ScriptedPhone:
    """A device that follows its script; `open` is for `Speakerphone`."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.written: list[str] = []
        self._far: socket.socket | None = None

    @asynccontextmanager
    async def open(self, config: SpeakerphoneConfig) -> AsyncIterator["Line"]:
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        near.setblocking(False)
        with near, far:
            self._far = far
            await trio.lowlevel.checkpoint()
            yield Line(self.script, near.fileno(), self._lamps_arrived)

    def do(self, step: str) -> bool:
        """A person does it; False where the device has no such key."""
        self.send(self.script.steps.get(step, ()))
        return step in self.script.steps

    def send(self, reports: Reports) -> None:
        assert self._far is not None
        for report in reports:
            self._far.send(bytes.fromhex(report))

    def _lamps_arrived(self, report: bytes) -> None:
        self.written.append(in_hex(report))
        self.send(self.script.answers.get(in_hex(report), ()))


class Line(ReportsOnly):
    def __init__(self, script: Script, fd: int, arrived: Callable[[bytes], None]) -> None:
        self.name, self.product = script.name, script.product
        self.fd, self.descriptor = fd, parse(script.descriptor)
        self._arrived = arrived

    async def write(self, report: bytes) -> None:
        await trio.lowlevel.checkpoint()
        self._arrived(report)


class Finger:
    """A person who presses what is asked for, or Enter where the device has no such key."""

    def __init__(self, do: Callable[[str], bool]) -> None:
        self._do = do
        self._skips = trio.Event()
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)
        for step in STEPS:
            if text.startswith(step.ask) and not self._do(step.name):
                self._skips.set()

    async def enter(self) -> str:
        await self._skips.wait()
        self._skips = trio.Event()
        return ""


def virtual_do(phone: VirtualSpeakerphone) -> Callable[[str], bool]:
    """How the virtual speakerphone is handled, step by step."""
    keys: dict[str, Callable[[], None]] = {
        "call": lambda: phone.hook(True),
        "answer": lambda: phone.hook(True),
        "hang up": lambda: phone.hook(False),
        "end": lambda: phone.hook(False),
        "decline": lambda: phone.hook(False),
        "mute": phone.mute,
        "unmute": phone.mute,
        "hold": phone.hold,
        "louder": lambda: phone.volume(1),
        "quieter": lambda: phone.volume(-1),
    }

    def do(step: str) -> bool:
        keys.get(step, lambda: None)()
        return step in keys

    return do


JABRA = Script(
    name="like a Jabra Speak 510",
    product="0b0e:0420",
    origin="absolute hook, one-shot mute and flash, reject as button 7, microphone lamp for mute; no echo of its own",
    descriptor=hid.JABRA_LIKE,
    steps={
        "call": ["02 01 00"],
        "mute": ["02 03 00", "02 01 00"],
        "unmute": ["02 03 00", "02 01 00"],
        "louder": ["01 02", "01 00"],
        "quieter": ["01 01", "01 00"],
        "digit": ["02 61 00", "02 01 00"],
        "hold": ["02 05 00", "02 01 00"],
        "hang up": ["02 00 00"],
        "decline": ["02 08 00", "02 00 00"],
        "answer": ["02 01 00"],
        "end": ["02 00 00"],
    },
)
YEALINK = Script(
    name="like a Yealink headset",
    product="6993:b0a9",
    origin="ignores its keys while idle, absolute hook, mute and hold, reject as button 7; falls back from hold unlit",
    descriptor=hid.YEALINK_LIKE,
    steps={
        "mute": ["04 05 00"],
        "unmute": ["04 01 00"],
        "hold": ["04 09 00", "04 01 00"],
        "hang up": ["04 00 00"],
        "decline": ["04 40 00", "04 00 00"],
        "answer": ["04 01 00"],
        "end": ["04 00 00"],
    },
    answers={"04 01 00": ["04 01 00"]},  # the off-hook lamp takes it off hook, and it says so
)
LOGITECH = Script(
    name="like a Logitech Group",
    product="046d:0857",
    origin="reports without ids, hook and mute that only say that they were pressed, two reject buttons",
    descriptor=hid.LOGITECH_LIKE,
    steps={
        "call": ["01", "00"],
        "mute": ["02", "00"],
        "unmute": ["02", "00"],
        "louder": ["10", "00"],
        "quieter": ["20", "00"],
        "hang up": ["01", "00"],
        "decline": ["08", "00"],
        "answer": ["01", "00"],
        "end": ["01", "00"],
    },
)
POLY = Script(
    name="like a Poly Sync",
    product="047f:9215",
    origin="absolute hook with echo, one-shot mute, flash followed by on hook, on hook twice declines",
    descriptor=hid.GENERIC,
    steps={
        "call": ["02 01 00"],
        "mute": ["02 05 00", "02 01 00"],
        "unmute": ["02 05 00", "02 01 00"],
        "louder": ["01 01", "01 00"],
        "quieter": ["01 02", "01 00"],
        "hold": ["02 09 00", "02 00 00", "02 01 00"],
        "hang up": ["02 00 00"],
        "redial": ["02 10 00", "02 00 00"],
        "decline": ["02 00 00", "02 00 00"],
        "answer": ["02 01 00"],
        "end": ["02 00 00"],
    },
    answers={"02 01 00 00": ["02 01 00"], "02 00 00 00": ["02 00 00"]},
)
GIGASET = Script(
    name="like a Gigaset ION",
    product="1e85:ffff",
    origin="answers the ring lamp with on hook, which is no key; keypad whose idle value is its first key",
    descriptor=hid.GENERIC,
    steps={
        "call": ["02 01 00"],
        "digit": ["02 81 02", "02 01 00"],
        "hang up": ["02 00 00"],
        "decline": ["02 40 00", "02 00 00"],
        "answer": ["02 01 00"],
        "end": ["02 00 00"],
    },
    answers={"02 04 00 00": ["02 00 00"]},
)
SCRIPTS = {"jabra": JABRA, "yealink": YEALINK, "logitech": LOGITECH, "poly": POLY, "gigaset": GIGASET}
