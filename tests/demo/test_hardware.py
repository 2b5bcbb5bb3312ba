import io
from typing import Any

import pytest
import trio
import trio.testing
from PIL import Image

from appliance.runtime.web.answers import web_app
from appliance.virtual.routes import hardware_routes
from drivers.outputs import patterns
from drivers.speakerphone.telephony import Lamps
from tests.demo.wired import Wired, wired
from tests.panel.conftest import Serve
from tests.runtime.web.client import Address, get, post
from tests.virtual_time import real


@pytest.fixture
async def address(serve: Serve, room: Wired) -> Address:
    return await serve(web_app(hardware_routes(room.hardware)))


async def look(address: Address) -> Any:  # JSON
    return (await get(address, "/hardware")).json


async def test_everything_is_listed(address: Address, room: Wired) -> None:
    seen = await look(address)
    assert seen.pop("revision") == room.hardware.revision.value
    assert seen["display"].pop("revision") == room.hardware.display.revision
    assert seen == {
        "buttons": {"call": False, "hangup": False, "mute": False},
        "lamps": {"ringing": False, "in_call": False, "muted": False, "link": False},
        "relays": {},
        "lights": {},
        "bars": {},
        "screens": {},
        "presence": {},
        "keypads": {"keypad": {"plugged": True}},
        "speakerphones": {
            "speakerphone": {
                "plugged": True,
                "lamps": {"off_hook": False, "mute": False, "ring": False, "hold": False},
            }
        },
        "serial": {"joystick": {"plugged": True, "path": room.hardware.serials["joystick"].path}},
        "cameras": {},
        "display": {"panel": "ssd1306-128x64", "width": 128, "height": 64, "mode": "1", "words": []},
    }


async def test_display_is_told_in_words_as_well(serve: Serve, room: Wired) -> None:
    address = await serve(web_app(hardware_routes(room.hardware, lambda: ("Neptune", "08:00"))))
    assert (await look(address))["display"]["words"] == ["Neptune", "08:00"]


async def test_button_goes_down_and_up_on_its_pin(address: Address, room: Wired) -> None:
    answer = await post(address, "/hardware/buttons/call", {"pressed": True})
    assert (answer.status, answer.json["buttons"]["call"]) == (200, True)
    await room.until_heard("call pressed")
    await post(address, "/hardware/buttons/call", {"pressed": False})
    await room.until_heard("call released")


async def test_press_of_no_time_is_noticed_all_the_same(address: Address, room: Wired) -> None:
    async with trio.open_nursery() as nursery:
        for pressed in (True, False, True, False):
            nursery.start_soon(post, address, "/hardware/buttons/call", {"pressed": pressed})
            await trio.testing.wait_all_tasks_blocked(0.002)
    await room.until_heard("call pressed", "call released", "call pressed", "call released")


async def test_lamp_is_seen_as_the_driver_drives_it(address: Address, room: Wired) -> None:
    room.light("ringing")
    await trio.testing.wait_all_tasks_blocked()
    assert (await look(address))["lamps"]["ringing"] is True


async def test_key_goes_down_and_up_or_one_edge(address: Address, room: Wired) -> None:
    await post(address, "/hardware/keypads/keypad", {"key": "5"})
    await room.until_heard("KeyEvent(symbol='5', down=True)", "KeyEvent(symbol='5', down=False)")
    await post(address, "/hardware/keypads/keypad", {"key": "#", "down": True})
    await room.until_heard("KeyEvent(symbol='#', down=True)")
    await post(address, "/hardware/keypads/keypad", {"key": "#", "down": False})
    await room.until_heard("KeyEvent(symbol='#', down=False)")


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ({"hook": "off"}, "HookOff()"),
        ({"key": "volume_up"}, "VolumeKey(step=1)"),
        ({"key": "volume_down"}, "VolumeKey(step=-1)"),
        ({"mute": True}, "MuteKey(on=True)"),
        ({"key": "mute"}, "MuteKey(on=True)"),
        ({"key": "hold"}, "HoldKey(on=None)"),
    ],
)
async def test_speakerphone_is_handled(address: Address, room: Wired, body: object, heard: str) -> None:
    answer = await post(address, "/hardware/speakerphones/speakerphone", body)
    assert answer.status == 200
    await room.until_heard(heard)


async def test_speakerphone_shows_its_lamps_and_hangs_up(address: Address, room: Wired) -> None:
    room.phone.set_lamps(Lamps(off_hook=True, ring=False, mute=True))
    await trio.testing.wait_all_tasks_blocked(0.01)
    lamps = (await look(address))["speakerphones"]["speakerphone"]["lamps"]
    assert lamps == {"off_hook": True, "ring": False, "mute": True, "hold": False}
    await post(address, "/hardware/speakerphones/speakerphone", {"hook": "on"})
    await room.until_heard("HookOn()")


async def test_serial_bytes_reach_the_appliance_and_its_reply_comes_back(address: Address, room: Wired) -> None:
    answer = await post(address, "/hardware/serial/joystick", {"hex": "81 01 06 01 0c0A 01 03 FF"})
    assert (answer.status, answer.json) == (200, {"hex": "90 41 ff 90 51 ff"})
    assert len(room.heard) == 1
    assert room.heard[0].startswith("Drive(pan=-1, tilt=0, zoom=None")


async def test_serial_line_that_says_nothing_is_not_waited_for(address: Address) -> None:
    answer = await post(address, "/hardware/serial/joystick", {"hex": "81"})
    assert (answer.status, answer.json) == (200, {"hex": ""})


@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("keypads/keypad", {"key": "5"}),
        ("speakerphones/speakerphone", {"hook": "off"}),
        ("serial/joystick", {"hex": "81 01 06 04 ff"}),
    ],
)
async def test_device_is_unplugged_and_plugged_in_again(address: Address, room: Wired, path: str, act: object) -> None:
    kind, name = path.split("/")
    answer = await post(address, f"/hardware/{path}", {"plugged": False})
    assert answer.json[kind][name]["plugged"] is False
    with trio.fail_after(real(20)):
        await room.wait_for(1)
    assert room.heard == ["DeviceLost"]
    refused = await post(address, f"/hardware/{path}", act)
    assert (refused.status, refused.json["error"]) == (409, f"`{name}` is unplugged; plug it in first")
    answer = await post(address, f"/hardware/{path}", {"plugged": True})
    assert answer.json[kind][name]["plugged"] is True
    await trio.testing.wait_all_tasks_blocked(0.01)
    before = len(room.heard)
    assert (await post(address, f"/hardware/{path}", act)).status == 200
    with trio.fail_after(real(20)):
        while len(room.heard) == before:
            await room.heard_more.newer_than(room.heard_more.value)


async def test_another_display_takes_the_place_of_the_one_that_is_there(address: Address, room: Wired) -> None:
    told: list[str] = []
    room.hardware.display.replaced = lambda: told.append(room.hardware.display.name)
    answer = await post(address, "/hardware/display", {"panel": "240x240"})
    seen = answer.json["display"]
    assert (seen["panel"], seen["width"], seen["height"], seen["mode"]) == ("st7789-240x240", 240, 240, "RGB")
    picture = Image.new("RGB", (240, 240), (10, 200, 30))
    await room.oled.show(picture)
    glass = Image.open(io.BytesIO((await get(address, "/hardware/display.png")).body))
    assert (glass.size, glass.getpixel((239, 239))) == ((240, 240), (9, 177, 27)), "as bright as it starts"
    assert told == ["st7789-240x240"]
    wrong = await post(address, "/hardware/display", {"panel": "ssd1305"})
    assert (wrong.status, wrong.json["error"]) == (
        400,
        f"there is no display `ssd1305`; expected one of {', '.join(room.hardware.display.choices)}",
    )


async def test_display_is_seen_pixel_for_pixel(address: Address, room: Wired) -> None:
    await room.draw()
    answer = await get(address, "/hardware/display.png")
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.body))
    assert picture.size == (128, 64)
    assert picture.convert("L").histogram()[0] == 0  # no pixel is dark
    larger = Image.open(io.BytesIO((await get(address, "/hardware/display.png?scale=8")).body))
    assert larger.size == (1024, 512)


@pytest.mark.parametrize("change", ["lamp", "display", "speakerphone", "button", "plug"])
async def test_every_change_wakes_who_waits(address: Address, room: Wired, change: str) -> None:
    seen = (await look(address))["revision"]
    woken = trio.Event()

    async def wait() -> None:
        assert (await get(address, f"/hardware?after={seen}")).json["revision"] > seen
        woken.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked(0.02)
        assert not woken.is_set()
        if change == "lamp":
            room.light("muted", patterns.ON)
        elif change == "display":
            await room.draw()
        elif change == "speakerphone":
            room.phone.set_lamps(Lamps(off_hook=False, ring=True, mute=False))
        elif change == "button":
            await post(address, "/hardware/buttons/mute", {"pressed": True})
        else:
            await post(address, "/hardware/keypads/keypad", {"plugged": False})


BAD = [
    ("buttons/doorbell", {"pressed": True}, 404, "no button `doorbell`; expected one of `call`, `hangup`, `mute`"),
    ("keypads/other", {"key": "5"}, 404, "no keypad `other`; expected one of `keypad`"),
    ("speakerphones/other", {"hook": "off"}, 404, "no speakerphone `other`"),
    ("serial/other", {"hex": "ff"}, 404, "no serial line `other`"),
    ("toasters/one", {"on": True}, 404, "Not Found"),
    ("buttons/call", {}, 400, "missing required field `pressed`"),
    ("buttons/call", {"pressed": 1}, 400, "Expected `bool`, got `int` - at `$.pressed`"),
    ("buttons/call", {"pressed": True, "hard": True}, 400, "unknown field `hard`"),
    ("buttons/call", [], 400, "Expected `object`, got `array`"),
    ("keypads/keypad", {}, 400, "expected exactly one of `key`, `plugged`"),
    ("keypads/keypad", {"key": "5", "plugged": True}, 400, "expected exactly one of `key`, `plugged`"),
    ("keypads/keypad", {"down": True}, 400, "expected exactly one of `key`, `plugged`"),
    ("keypads/keypad", {"plugged": True, "down": True}, 400, "`down` belongs to a `key`"),
    ("keypads/keypad", {"key": "F25"}, 400, "no key `F25`; did you mean KEY_F"),
    ("speakerphones/speakerphone", {}, 400, "expected exactly one of `hook`, `mute`, `key`, `plugged`"),
    ("speakerphones/speakerphone", {"hook": "up"}, 400, "Invalid enum value 'up'"),
    ("speakerphones/speakerphone", {"key": "redial"}, 400, "Invalid enum value 'redial'"),
    ("serial/joystick", {}, 400, "expected exactly one of `hex`, `plugged`"),
    ("serial/joystick", {"hex": ""}, 400, "`hex` is empty"),
    ("serial/joystick", {"hex": "8101060"}, 400, "`hex` is not hexadecimal"),
    ("serial/joystick", {"hex": "stop"}, 400, "`hex` is not hexadecimal"),
]


@pytest.mark.parametrize(("path", "body", "status", "complaint"), BAD)
async def test_bad_input_is_explained(
    address: Address, room: Wired, path: str, body: object, status: int, complaint: str
) -> None:
    answer = await post(address, f"/hardware/{path}", body)
    assert answer.status == status
    assert complaint in answer.json["error"]
    assert room.heard == []


@pytest.mark.parametrize("scale", ["0", "9", "1.5", "x", ""])
async def test_scale_out_of_range_is_refused(address: Address, scale: str) -> None:
    answer = await get(address, f"/hardware/display.png?scale={scale}")
    assert (answer.status, answer.json["error"]) == (400, f"scale is `{scale}`; expected 1 to 8")


async def test_line_that_nobody_reads_is_full_and_says_so(serve: Serve) -> None:
    with wired() as idle:
        address = await serve(web_app(hardware_routes(idle.hardware)))
        with trio.fail_after(real(10)):
            while (answer := await post(address, "/hardware/serial/joystick", {"hex": "00" * 4000})).status == 200:
                pass
    assert (answer.status, answer.json["error"]) == (409, "`joystick` is full; nobody reads it")
