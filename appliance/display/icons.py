"""Small pictures that the fonts lack, drawn by hand."""

from PIL import Image, ImageChops, ImageDraw


def _icon(*rows: str) -> Image.Image:
    """Rows of `#` (lit) and anything else (dark) as a picture of mode "1"."""
    image = Image.new("1", (len(rows[0]), len(rows)))
    image.putdata([character == "#" for row in rows for character in row])
    return image


def _struck(icon: Image.Image) -> Image.Image:
    """What is off: the icon with a line through it that has a dark edge."""
    image = icon.copy()
    pen, right, foot = ImageDraw.Draw(image), icon.width - 1, icon.height - 1
    pen.line((2, 0, right, foot - 1), fill=0)
    pen.line((0, 1, right - 2, foot), fill=0)
    pen.line((0, 0, right, foot), fill=1)
    return image


def unknown(icon: Image.Image) -> Image.Image:
    """What is not known to be on or off: only every other pixel of the icon."""
    grid = Image.new("1", icon.size)
    grid.putdata([(x + y) % 2 == 0 for y in range(icon.height) for x in range(icon.width)])
    return ImageChops.logical_and(icon, grid)


MICROPHONE = _icon(
    "...###...",
    "...###...",
    "...###...",
    ".#.###.#.",
    ".#.###.#.",
    ".#..#..#.",
    "..#...#..",
    "...###...",
    "....#....",
    "..#####..",
)
MICROPHONE_MUTED = _icon(
    "#..###...",
    ".#.###...",
    "..#.##...",
    ".#.#.#.#.",
    ".#.##..#.",
    ".#..##.#.",
    "..#..##..",
    "...###.#.",
    "....#...#",
    "..#####..",
)
MICROPHONE_UNKNOWN = _icon(
    "...#.#...",
    ".........",
    "...#.#...",
    ".#.....#.",
    "...#.#...",
    ".#..#..#.",
    ".........",
    "...#.#...",
    ".........",
    "..#.#.#..",
)
SPEAKER = _icon(
    "....#......",
    "...##..#...",
    ".####...#..",
    ".####.#..#.",
    ".####.#..#.",
    ".####.#..#.",
    ".####...#..",
    "...##..#...",
    "....#......",
)
CAMERA = _icon(
    "...........",
    ".######...#",
    ".######..##",
    ".######.###",
    ".######.###",
    ".######.###",
    ".######..##",
    ".######...#",
    "...........",
)
SPEAKER_OFF = _icon(
    "....#......",
    "...##......",
    ".####.#...#",
    ".####..#.#.",
    ".####...#..",
    ".####..#.#.",
    ".####.#...#",
    "...##......",
    "....#......",
)
CAMERA_OFF = _struck(CAMERA)
PEOPLE = _icon(
    "..##...##..",
    ".####.####.",
    ".####.####.",
    "..##...##..",
    "...........",
    ".####.####.",
    "#####.#####",
    "#####.#####",
    "#####.#####",
)
RECORDING = _icon(
    "...###...",
    ".#######.",
    ".##...##.",
    "##.....##",
    "##..#..##",
    "##.....##",
    ".##...##.",
    ".#######.",
    "...###...",
)
SCREEN = _icon(
    "###########",
    "#.........#",
    "#...#.....#",
    "#...##....#",
    "#...###...#",
    "#...##....#",
    "#...#.....#",
    "#.........#",
    "###########",
    "....###....",
    "..#######..",
)
