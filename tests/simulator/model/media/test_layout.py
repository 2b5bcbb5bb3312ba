import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.simulator.model.media.layout import HEIGHT, WIDTH, boxes
from appliance.simulator.options import DOMAIN
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client

JOHN = f"john.smith@{DOMAIN}"


@given(kind=st.integers(0, 6), count=st.integers(0, 40))
def test_every_slot_is_on_the_window(kind: int, count: int) -> None:
    found = boxes(kind, count)
    assert len(found) == (min(count, 1) if kind == 0 else count)
    for left, top, width, height in found:
        assert width > 0 < height
        assert 0 <= left <= left + width <= WIDTH
        assert 0 <= top <= top + height <= HEIGHT
    assert len(set(found)) == len(found)


async def test_people_come_and_go_on_the_screen(client: Client, simulator: Simulator) -> None:
    await client.do("call", peerId=JOHN)
    simulator.peer(JOHN).answer()
    slots = [slot["peerId"] for slot in (await client.do("getVideoMatrix"))["participants"]]
    assert slots == [JOHN, "#self:0"]
    await client.do("changeVideoMatrix", matrixType=2, participants=[JOHN])
    assert [slot["peerId"] for slot in (await client.do("getVideoMatrix"))["participants"]] == [JOHN]
    await client.do("moveVideoSlotToMonitor", callId=JOHN, monitorIndex=1)
    await client.event("videoSlotMovedToMonitor", callId=JOHN, monitorIdx=1)
    assert (await client.do("getVideoMatrix"))["participants"] == []
    await client.do("removeVideoSlotFromMonitor", monitorIndex=1)
    assert await client.refused("removeVideoSlotFromMonitor", monitorIndex=1) == "no video slot is on that monitor"


@pytest.mark.parametrize(
    ("slot", "monitor", "says"), [("nobody", 1, "unknown video slot"), ("VideoCaptureSlot", 9, "unknown monitor")]
)
async def test_slots_that_cannot_be_moved(client: Client, slot: str, monitor: int, says: str) -> None:
    assert says in await client.refused("moveVideoSlotToMonitor", callId=slot, monitorIndex=monitor)


async def test_a_slide_show(client: Client, simulator: Simulator) -> None:
    with simulator.changing() as terminal:
        files = [terminal.files.add(f"{n}.png", b"x").id for n in range(3)]
    for file_id in files:
        await client.do("addSlide", fileId=file_id)
    assert "appState 3" in await client.refused("startSlideShow", title="Trip")
    await client.do("createConference", confType="symmetric")
    await client.event("slideShowAvailabilityChanged", available=True)
    await client.do("startSlideShow", title="Trip")
    await client.do("startSlideShow", title="Our trip")
    await client.event("mySlideShowTitleChanged", newTitle="Our trip")
    await client.do("showNextSlide")
    await client.do("setSlidePosition", fromIdx=0, toIdx=2)
    assert (await client.do("getSlideShowInfo"))["currentSlideIdx"] == 0
    await client.do("removeSlide", idx=2)
    info = await client.do("getSlideShowInfo")
    assert [slide["name"] for slide in info["slides"]] == ["1.png", "2.png"]
    assert (await client.do("getConferences"))["slideShowPresent"] is True
    assert str(files[0]) not in [file["fileId"] for file in (await client.do("getFileList"))["fileList"]]
    await client.do("hangUp")
    await client.event("mySlideShowStopped")
    await client.event("slideShowAvailabilityChanged", available=False)
