"""Files come and go with a newer terminal as its documents have it: by request, with their own numbers."""

from typing import Any

import pytest

from appliance.simulator.model.dialects.newer import GONE_COMMANDS
from appliance.simulator.option_types import Generation
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start
from tests.simulator.legal import FILES, ONE, OPTIONS, own

NEW = {**OPTIONS, "generation": Generation.NEW}
ABOUT = {"fileName": "plan.pdf", "fileSize": 5, "peerId": ONE}


async def _offered(client: Client, simulator: Any) -> dict[str, Any]:  # the simulator
    simulator.peer(ONE).send_file("plan.pdf", 5)
    return await client.event("receivedFileRequest")


async def test_a_file_is_taken_and_everything_about_it_names_its_request(start: Start) -> None:
    simulator = await start(**NEW)
    async with authorised(simulator) as client:
        offer = await _offered(client, simulator)
        assert ABOUT.items() <= offer.items()
        assert "id" not in offer
        request = {"fileRequestId": offer["fileRequestId"]}
        (waits,) = (await client.do("getIncomingFilesRequests"))["incomingFilesRequests"]
        assert {**request, "status": 1, "size": 5, "timestamp": offer["timestamp"]}.items() <= waits.items()
        await client.do("acceptIncomingFileRequest", **request)
        assert (await client.event("incomingFileRequestAccepted", **request)).items() >= ABOUT.items()
        begun = await client.event("fileRequestStatusChanged", **request)
        assert (begun["status"], begun["directionType"], "fileId" in begun) == (2, 0, False)
        assert (await client.event("incomingFileRequestDownloadingProgress", **request))["processedPercents"] == 0
        done = await client.event("fileRequestStatusChanged", **request)
        assert (done["status"], done["directionType"], done["peerDisplayName"]) == (3, 0, offer["peerDn"])
        assert (await client.event("incomingFileRequestDownloadingProgress", **request))["processedPercents"] == 100
        assert str(done["fileId"]) in [each["fileId"] for each in (await client.do("getFileList"))["fileList"]]
        assert (await client.do("getFileRequestInfo", **request))["status"] == 3
        assert [each["fileRequestId"] for each in (await client.do("getFileTransferHistory"))["files"]] == [
            offer["fileRequestId"]
        ]
        await client.do("clearFileTransferHistory", deleteFilesFromDisk=True)
        await client.event("fileTransferHistoryCleared")
        assert str(done["fileId"]) not in [each["fileId"] for each in (await client.do("getFileList"))["fileList"]]


async def test_a_file_is_declined_and_no_longer_waits(start: Start) -> None:
    simulator = await start(**NEW)
    async with authorised(simulator) as client:
        request = {"fileRequestId": (await _offered(client, simulator))["fileRequestId"]}
        await client.do("rejectIncomingFileRequest", **request)
        assert (await client.event("incomingFileRequestRejected", **request)).items() >= ABOUT.items()
        assert (await client.do("getIncomingFilesRequests"))["incomingFilesRequests"] == []
        assert await client.refused("acceptIncomingFileRequest", **request) == "unknown request"


@pytest.mark.parametrize("by", ["peerId", "callId"])
async def test_a_file_goes_to_somebody_whichever_name_their_id_has(start: Start, by: str) -> None:
    simulator = await start(**NEW)
    async with authorised(simulator) as client:
        reply = await client.do("sendFile", **{by: ONE}, fileId=FILES[0])
        request = {"fileRequestId": reply["sentFileRequestId"]}
        await client.event("outgoingFileRequestSent", **request)
        (goes,) = (await client.do("getOutgoingFilesRequests"))["outgoingFilesRequests"]
        assert {**request, "peerId": ONE, "fileId": FILES[0]}.items() <= goes.items()
        assert [await _step(client, request) for _ in range(4)] == [(2, 1), 0, (3, 1), 100]


async def test_a_file_goes_to_everybody(start: Start) -> None:
    simulator = await start(**NEW)
    async with authorised(simulator) as client:
        await own(client, simulator)
        reply = await client.do("sendFileToConference", fileId=FILES[0])
        sent = await client.event("outgoingFileRequestSentToConference")
        assert sent["fileRequestId"] == reply["sentFileRequestId"]
        assert sent["confId"] == (await client.do("getConferences"))["confId"]
        steps = [await client.event("outgoingFileRequestUploadingProgress") for _ in range(2)]
        assert [step["processedPercents"] for step in steps] == [0, 100]


async def _step(client: Client, request: dict[str, Any]) -> object:
    """What is told next of a file that goes out: status and direction, or how much has gone."""
    while True:
        event = client.kept.pop(0) if client.kept else await client.next()
        if event["event"] == "fileRequestStatusChanged":
            assert request.items() <= event.items()
            return event["status"], event["directionType"]
        if event["event"] == "outgoingFileRequestUploadingProgress":
            assert request.items() <= event.items()
            return event["processedPercents"]


async def test_nothing_older_is_left_of_it(start: Start) -> None:
    simulator = await start(**NEW)
    async with authorised(simulator) as client:
        assert await client.refused("acceptFile", id=1) == "unknown method"
        assert {"acceptfile", "getfilerequests", "sendconferencefile"} <= GONE_COMMANDS
        await _offered(client, simulator)
        client.kept.clear()
        simulator.lose_server()
        assert (await client.event("fileTransferAvailabilityChanged"))["available"] is False


async def test_an_older_one_knows_no_requests_and_one_that_says_both_takes_either(start: Start) -> None:
    async with authorised(await start(**{**OPTIONS, "generation": Generation.OLD})) as client:
        assert await client.refused("getIncomingFilesRequests") == "unknown method"
        assert "sentFileRequestId" not in await client.do("sendFile", peerId=ONE, fileId=FILES[0])
    simulator = await start(**OPTIONS)
    async with authorised(simulator) as client:
        offer = await _offered(client, simulator)
        assert {"id", "fileRequestId"} <= set(offer)
        await client.do("acceptIncomingFileRequest", fileRequestId=offer["fileRequestId"])
        await client.event("fileAccepted", id=offer["id"])
