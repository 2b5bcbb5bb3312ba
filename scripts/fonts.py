"""Makes the display's fonts out of Debian's: `python scripts/fonts.py`, after `pip install fonttools`.

Reads DejaVu (package fonts-dejavu-core and -extra) and Droid Sans Fallback (fonts-droid-fallback), and writes a subset
of each into `appliance/display/fonts`, with a file `.has` beside it: a bit for each code point of the basic plane that
the font has a glyph for, the lowest bit of the first byte being U+0000. The display looks there, and never into a font.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).parent.parent / "appliance" / "display" / "fonts"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
DROID = Path("/usr/share/fonts-droid-fallback/truetype")  # this one has Hangul; that of package ttf-droid has not
PLANE = 0x10000  # code points; names in the planes above are drawn as not known

ALPHABETS = (
    *range(0x0020, 0x007F),
    *range(0x00A0, 0x0250),  # Latin
    *range(0x02B0, 0x0370),  # modifiers, as in Uzbek names, and marks
    *range(0x0370, 0x0530),  # Greek, Cyrillic
    *range(0x0530, 0x0590),  # Armenian
    *range(0x0590, 0x0700),  # Hebrew, Arabic
    *range(0x0750, 0x0780),
    *range(0x10A0, 0x1100),  # Georgian
    *range(0x1E00, 0x1F00),  # Vietnamese
    *range(0x2010, 0x2028),  # punctuation
    *range(0x2030, 0x205F),
    *range(0x20A0, 0x20C0),  # currencies
    *(0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x232B, 0x25A1, 0x25CF, 0xFFFD),
    *range(0xFB1D, 0xFB50),  # Hebrew with points
    *range(0xFB50, 0xFE00),  # Arabic forms, which shaping takes
    *range(0xFE70, 0xFEFF),
)


def east() -> Iterator[int]:
    """Yields what Chinese, Japanese and Korean names are written with, as the countries' own standards list it."""
    rows, cells = range(0xA1, 0xFF), range(0xA1, 0xFF)
    for codec, leads, trails in (
        ("gb2312", rows, cells),  # both levels
        ("euc_jp", range(0xA1, 0xD0), cells),  # JIS X 0208, kana and level 1
        ("euc_kr", range(0xB0, 0xC9), cells),  # KS X 1001, Hangul
        ("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *cells)),  # level 1
    ):
        for pair in (bytes((lead, trail)) for lead in leads for trail in trails):
            yield from map(ord, pair.decode(codec, "ignore"))
    yield from range(0x3000, 0x3100)  # punctuation, kana
    yield from range(0xFF01, 0xFFE6)  # wide forms


def main() -> None:
    """Writes the fonts, and says how large each has become."""
    _make(DEJAVU / "DejaVuSans.ttf", ALPHABETS, hinting=True, shaping=True)
    _make(DEJAVU / "DejaVuSansCondensed-Bold.ttf", ALPHABETS, hinting=True, shaping=True)
    _make(DROID / "DroidSansFallback.ttf", set(east()) - set(ALPHABETS), hinting=False, shaping=False)


def _make(source: Path, wanted: Iterable[int], *, hinting: bool, shaping: bool) -> None:
    options = subset.Options(hinting=hinting, notdef_outline=True, recalc_timestamp=False, name_IDs=["*"])
    options.layout_features = subset.Options().layout_features if shaping else []
    options.drop_tables = [*options.drop_tables, "MATH", *(() if shaping else ("GSUB", "GPOS", "GDEF", "vhea", "vmtx"))]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    file = io.BytesIO()
    font.save(file)
    (OUT / source.name).write_bytes(file.getvalue())
    known = TTFont(io.BytesIO(file.getvalue())).getBestCmap()
    (OUT / source.with_suffix(".has").name).write_bytes(_bits(code for code in known if code < PLANE))
    sys.stdout.write(f"{source.name}: {len(known)} characters, {len(file.getvalue()) // 1024} KiB\n")


def _bits(codes: Iterable[int]) -> bytes:
    bits = bytearray(PLANE // 8)
    for code in codes:
        bits[code // 8] |= 1 << code % 8
    return bytes(bits)


if __name__ == "__main__":
    main()
