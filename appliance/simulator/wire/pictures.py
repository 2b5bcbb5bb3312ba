"""Pictures over HTTP: people's avatars, and frames that move with the clock and the camera."""

import colorsys
import functools
import io
import time
import zlib
from importlib import resources

import msgspec
from PIL import Image, ImageDraw, ImageFont

from appliance.simulator.model.media.layout import OWN, OWN_ON_WIRE
from appliance.simulator.model.terminal import Terminal
from appliance.terminal.messages.enums import DeviceState

AVATAR_SIZE = 128  # pixels
GOOD, POOR = (640, 360), (320, 180)  # pixels of a frame, by the setting bestQualityForHttpServerImages


class Scene(msgspec.Struct, frozen=True):
    """What a frame shows; `tick` changes whenever the picture does, `at` is Unix seconds."""

    name: str
    at: int
    tick: int
    pan: float
    tilt: float
    zoom: float
    size: tuple[int, int]
    dark: bool


def scene(terminal: Terminal, peer_id: str) -> Scene | None:
    """Returns what a camera shows now, of somebody in the conference or of the room; None if there is none."""
    own = peer_id in (OWN, OWN_ON_WIRE) or peer_id.lower() == terminal.options.room_id.lower()
    if own:
        if not terminal.equipment.has("videoCapturer"):
            return None
        where, name, dark = terminal.camera.positions(), terminal.options.room_name, terminal.mutes.muted["video"]
    else:
        conference = terminal.calls.conference
        known_as = terminal.directory.party(peer_id)["peerId"]
        participant = conference.roster.present.get(known_as) if conference else None
        if conference is None or participant is None:
            return None
        camera = conference.camera_control.controlled.get(known_as)
        where = camera.positions() if camera else {"pan": 0.0, "tilt": 0.0, "zoom": 1.0}
        name, dark = terminal.directory.party(known_as)["peerDn"], participant.video is not DeviceState.ON
    size = GOOD if terminal.settings.values["bestQualityForHttpServerImages"] else POOR
    at = terminal.wall_clock()
    tick = int(at * (terminal.sharing.frame_rate or 10)) if own else int(at * 10)
    return Scene(name, int(at), tick, where["pan"], where["tilt"], where["zoom"], size, dark)


@functools.lru_cache(maxsize=16)
def frame(shown: Scene) -> bytes:
    """Returns a JPEG picture of a scene: the name, the clock, and a wall that the camera pans over."""
    picture = Image.new("RGB", shown.size, (12, 12, 14) if shown.dark else (64, 84, 104))
    draw = ImageDraw.Draw(picture)
    width, height = shown.size
    if not shown.dark:
        _wall(draw, shown)
    clock = time.strftime("%H:%M:%S", time.gmtime(shown.at))
    draw.text((width // 20, height // 12), shown.name, font=_font(height // 12), fill="white")
    draw.text((width // 20, height // 4), clock, font=_font(height // 6), fill="white")
    position = f"pan {shown.pan:.1f}  tilt {shown.tilt:.1f}  zoom {shown.zoom:.1f}"
    draw.text((width // 20, height * 5 // 6), position, font=_font(height // 16), fill="white")
    return _encoded(picture, "JPEG")


@functools.lru_cache(maxsize=128)
def avatar(name: str, version: int) -> bytes:
    """Returns a PNG picture with somebody's initials on a colour of their own."""
    hue = zlib.crc32(f"{name}{version}".encode()) % 360 / 360
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.35, 0.5))
    picture = Image.new("RGB", (AVATAR_SIZE, AVATAR_SIZE), (red, green, blue))
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    middle = (AVATAR_SIZE // 2, AVATAR_SIZE // 2)
    ImageDraw.Draw(picture).text(middle, initials, font=_font(AVATAR_SIZE // 2), fill="white", anchor="mm")
    return _encoded(picture, "PNG")


def _wall(draw: ImageDraw.ImageDraw, shown: Scene) -> None:
    """Draws stripes that pass as the camera turns, wider as it zooms in, and a running dot: no two frames are equal."""
    width, height = shown.size
    pitch = 40 * shown.zoom
    offset = -shown.pan * 4 * shown.zoom % (2 * pitch)
    x = offset - 2 * pitch
    while x < width:
        draw.rectangle((x, 0, x + pitch, height), fill=(74, 96, 118))
        x += 2 * pitch
    floor = height * 0.7 + shown.tilt * 2 * shown.zoom
    draw.rectangle((0, max(floor, 0), width, height), fill=(92, 74, 58)) if floor < height else None
    x = shown.tick * 7 % width
    draw.ellipse((x - 4, height - 12, x + 4, height - 4), fill="orange")


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    file = resources.files("appliance").joinpath("display", "fonts", "DejaVuSans.ttf")
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)


def _encoded(picture: Image.Image, kind: str) -> bytes:
    with io.BytesIO() as encoded:
        picture.save(encoded, kind, quality=70)
        return encoded.getvalue()
