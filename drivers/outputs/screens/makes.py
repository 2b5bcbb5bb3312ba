"""What the makes of displays are told on their serial line, and what they say: bytes, answers and pauses as data.

Sources: Samsung, Multiple Display Control; LG, External Control Device Set-up; Sharp, PN series, RS-232C commands; NEC,
External Control. 9600 baud, 8 data bits, no parity, one stop bit, and a null-modem cable, unless a manual says so.
"""

import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Final, Literal

import msgspec

Make = Literal["samsung", "lg", "sharp", "nec"]

ON, OFF = b"on", b"off"


class Protocol(msgspec.Struct, frozen=True):
    """How a make is spoken to. `on`, `off`, `asks`: what is sent, by the number of the display.

    `says`: what an answer to `asks` looks like, and which of its values are on; `refuses`: what a refusal looks like.
    `pauses`: seconds after switching until it is asked, one for each try, since a display that starts or goes to sleep
    may ignore everything for 5 to 15 s. `answers`: seconds in which it answers.
    """

    on: Callable[[int], bytes]
    off: Callable[[int], bytes]
    asks: Callable[[int], bytes]
    says: re.Pattern[bytes]
    is_on: frozenset[bytes]
    refuses: re.Pattern[bytes]
    pauses: tuple[float, ...] = (2.0, 6.0, 15.0)
    answers: float = 1.0


def _samsung(*values: int) -> Callable[[int], bytes]:
    """Returns a command of MDC: AA, power (11), number, length, data, and the sum of all but AA."""

    def command(number: int) -> bytes:
        content = bytes((0x11, number, len(values), *values))
        return b"\xaa" + content + bytes((sum(content) & 0xFF,))

    return command


def _lg(value: str) -> Callable[[int], bytes]:
    return lambda number: f"ka {number:02x} {value}\r".encode()


def _sharp(value: str) -> Callable[[int], bytes]:
    return lambda _number: f"POWR{value}\r".encode()


def _nec(kind: str, content: str) -> Callable[[int], bytes]:
    """Returns a message: SOH, header with number and length, STX, content, ETX, XOR of all after SOH, CR."""

    def message(number: int) -> bytes:
        header = f"0{chr(0x40 + number)}0{kind}{len(content) + 2:02X}"
        body = f"{header}\x02{content}\x03".encode()
        return b"\x01" + body + bytes((reduce(lambda one, other: one ^ other, body),)) + b"\r"

    return message


MAKES: Final[Mapping[Make, Protocol]] = {
    "samsung": Protocol(
        on=_samsung(0x01),
        off=_samsung(0x00),
        asks=_samsung(),
        says=re.compile(rb"\xaa\xff.\x03A\x11(.).", re.DOTALL),
        is_on=frozenset({b"\x01"}),
        refuses=re.compile(rb"\xaa\xff.\x03N\x11..", re.DOTALL),
    ),
    "lg": Protocol(
        on=_lg("01"),
        off=_lg("00"),
        asks=_lg("ff"),
        says=re.compile(rb"a [0-9a-fA-F]{2} OK([0-9a-fA-F]{2})x"),
        is_on=frozenset({b"01"}),
        refuses=re.compile(rb"a [0-9a-fA-F]{2} NG[0-9a-fA-F]{2}x"),
    ),
    "sharp": Protocol(
        on=_sharp("0001"),
        off=_sharp("0000"),
        asks=_sharp("????"),
        says=re.compile(rb"(?:^|[\r\n])\s*0{0,3}([0-2])\r"),
        is_on=frozenset({b"1"}),  # 0 is standby, 2 waits for a signal
        refuses=re.compile(rb"ERR|LOCKED"),
        answers=10.0,  # it says WAIT first, and must be sent nothing until it has answered
    ),
    "nec": Protocol(
        on=_nec("A", "C203D60001"),
        off=_nec("A", "C203D60004"),
        asks=_nec("A", "01D6"),
        says=re.compile(rb"\x010.[\x21-\x7e]B[0-9A-F]{2}\x020200D600[0-9A-F]{4}000([1-4])\x03.\r", re.DOTALL),
        is_on=frozenset({b"1"}),  # 2 and 3 save power, 4 is off
        refuses=re.compile(rb"\x010..B[0-9A-F]{2}\x02(?:0201|01C203D6)", re.DOTALL),
    ),
}
