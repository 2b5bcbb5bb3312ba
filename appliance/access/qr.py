"""An address with a code as a QR code (ISO/IEC 18004), with as few modules as can be: displays have 60 rows for it.

A scheme and a host are the same in capitals (RFC 3986, 6.2.2.1). In capitals a letter takes five and a half bits and
not eight, and a digit of a number three and a third. So there are three segments: the address in capitals, the `#`, and
the code. An IPv4 address with a port then makes version 2, of 25 modules a side, where one segment of bytes makes
version 3, of 29, of which a display of 64 rows cannot show two pixels a module with light around them.
"""


def qr_of(page: str, code: str) -> str:
    """Returns `PAGE#CODE` as rows of modules, a line each, `1` for a dark one; without the light zone around it.

    Error correction is the most that its version has room for, and never less than L. Blocks: 2 to 13 ms, and 0.1 s at
    the first time, when the library is loaded (measured on a desktop).
    """
    import segno  # noqa: PLC0415  # most boxes never show one

    segments = (page.upper(), "#", code)
    made = segno.make(segments, error="l", micro=False)  # type: ignore[arg-type]  # takes segments, and types no list
    return "\n".join("".join(map(str, row)) for row in made.matrix)
