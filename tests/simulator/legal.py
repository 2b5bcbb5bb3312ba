"""For each command of the interface a state in which its printed requests are legal, and the events that follow."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from appliance.simulator.option_types import CaptureSource, Device, GivenFile
from appliance.simulator.options import Contact, SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client

ONE, TWO, THREE = (f"user{n}@some.server" for n in (1, 2, 3))
PEOPLE = (ONE, TWO, THREE, "somePeer@some.server", "someCallId@some.server", "someUser@some.conf", "user4@some.server")
SPEAKERS = Device(
    name="Speakers (Realtek High Definition Audio)",
    description="{2}.\\\\?\\hdaudio#func_01&ven_10ec&dev_0233&subsys_104316ed&rev_1000#4&2fb6304b&0&0001"
    "#{6994ad04-93ef-11d0-a3cc-00a0c9223196}\\rearlineoutwave3",
)
FILES = (1540297789, 1508229934, 1805617564)

OPTIONS: dict[str, Any] = {
    "control_port": None,
    "domain": "some.server",
    "room_id": "room3@some.server",
    "room_name": "Room 3",
    "contacts": tuple(Contact(peer_id=peer, name=peer.split("@")[0], in_book=peer != PEOPLE[-1]) for peer in PEOPLE),
    "meetings": SimulatorOptions().meetings,
    "loudspeakers": (SPEAKERS,),
    "files": tuple(GivenFile(id=n, name=f"IMG_{n}.jpg", content="x" * 1000) for n in FILES),
    "capture_sources": (CaptureSource(id=1, name="Display 1(1920x1080)"),),
    "properties": {"try_terminal": "some url"},
    "update": "7.4.0.0",
}

State = Callable[[Client, Simulator], Awaitable[None]]


@dataclass(frozen=True)
class Legal:
    """A state, what the events are, and what of the printed request is replaced where it makes no sense here."""

    state: State
    events: tuple[str, ...] = ()
    change: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


# states


async def ready(client: Client, simulator: Simulator) -> None:
    """Logged in, no call."""


async def busy_everywhere(client: Client, simulator: Simulator) -> None:
    """A conference of the room's own, a picture in place of the camera, somebody who wants to record."""
    await own(client, simulator)
    await client.do("startBroadcastPicture", fileId=FILES[1])


def asking(command: str, **parameters: object) -> State:
    """Another command came before."""

    async def before(client: Client, simulator: Simulator) -> None:
        await client.do(command, **parameters)

    return before


async def stopped(client: Client, _simulator: Simulator) -> None:
    """Waits until the HTTP server has stopped."""
    await client.event("httpServerStateChanged", state=1)


def then(*states: State) -> State:
    """One after the other."""

    async def before(client: Client, simulator: Simulator) -> None:
        for state in states:
            await state(client, simulator)

    return before


def far(act: Callable[[Simulator], None]) -> State:
    """Somebody else did something."""

    async def before(client: Client, simulator: Simulator) -> None:
        act(simulator)

    return before


async def called(client: Client, simulator: Simulator) -> None:
    """Somebody calls the room."""
    simulator.peer(ONE).call()


async def talking(client: Client, simulator: Simulator) -> None:
    """A point-to-point call."""
    await client.do("call", peerId=ONE)
    simulator.peer(ONE).answer()


async def own(client: Client, simulator: Simulator, kind: str = "symmetric") -> None:
    """A group conference of the room's own, with others in it."""
    await client.do("createConference", title="Review", confType=kind, autoAccept=False, inviteList=list(PEOPLE[:6]))
    for peer in PEOPLE[:6]:
        simulator.peer(peer).answer()


async def own_roles(client: Client, simulator: Simulator) -> None:
    """A role-based conference of the room's own."""
    await own(client, simulator, "role")


async def guest_roles(client: Client, simulator: Simulator) -> None:
    """Somebody else's role-based conference."""
    simulator.peer(ONE).call(3, "Lecture")
    await client.do("accept")


async def past_calls(client: Client, simulator: Simulator) -> None:
    """A group conference that is over."""
    simulator.peer(ONE).call(1, "Stand-up")
    await client.do("accept")
    await client.do("hangUp")
    await client.event("conferenceDeleted")


async def no_login(client: Client, simulator: Simulator) -> None:
    """Connected, nobody logged in."""
    await client.do("logout")


async def offered_files(client: Client, simulator: Simulator) -> None:
    """Three files that somebody offers."""
    for name in ("a.txt", "b.txt", "c.txt"):
        simulator.peer(ONE).send_file(name, 1000)


async def slides(client: Client, simulator: Simulator) -> None:
    """Four slides."""
    for file_id in (*FILES, FILES[0]):
        await client.do("addSlide", fileId=file_id)


async def showing(client: Client, simulator: Simulator) -> None:
    """A slide show at its second slide."""
    await own(client, simulator)
    await slides(client, simulator)
    await client.do("startSlideShow", title="Our trip", startingIdx=1)


async def sent_file(client: Client, simulator: Simulator) -> None:
    """A file that has arrived."""
    await client.do("sendFile", fileId=FILES[0], peerId=ONE)
    await client.event("fileStatus", status=3)


async def chatted(client: Client, simulator: Simulator) -> None:
    """A few messages."""
    for text in ("one", "two", "three", "four", "five"):
        simulator.peer(ONE).say(text)


async def steering(client: Client, simulator: Simulator) -> None:
    """The room steers the cameras of two."""
    await own(client, simulator)
    for peer in PEOPLE[4:6]:
        await client.do("requestParticipantCameraControl", callId=peer)
        simulator.peer(peer).give_camera()


async def asked_for_camera(client: Client, simulator: Simulator) -> None:
    """Somebody wants to steer the room's camera."""
    await client.do("setSettings", settings={"cameraRemoteControlAccess": 1})
    await own(client, simulator)
    simulator.peer(PEOPLE[4]).ask_for_camera()


async def asked_to_record(client: Client, simulator: Simulator) -> None:
    """Somebody wants to record the room."""
    await client.do("setSettings", settings={"record": 1})
    await own(client, simulator)
    simulator.peer(ONE).ask_to_record()


ASKS_IN = then(own, far(lambda simulator: simulator.peer(PEOPLE[6]).call()))
ON_PODIUM = then(own_roles, asking("inviteToPodium", peerId=ONE), far(lambda s: s.peer(ONE).let_speak()))
WANTS_PODIUM = then(own_roles, far(lambda simulator: simulator.peer(ONE).ask_to_speak()))
INVITED_TO_PODIUM = then(guest_roles, far(lambda simulator: simulator.peer(ONE).invite_to_speak()))
PODIUM_OF_ANOTHER = then(INVITED_TO_PODIUM, asking("acceptInvitationToPodium"))
GROUP = asking("createGroup", name="Sales Group")
WITH_MEMBER = then(GROUP, asking("addToGroup", groupId=268435454, peerId=ONE))
MOVED_SLOT = asking("moveVideoSlotToMonitor", callId="VideoCaptureSlot", monitorIndex=1)
PIN = {"type": "secured", "credentials": "FA6"}

LEGAL: dict[str, Legal] = {
    "auth": Legal(ready, options={"pin": "FA6", "user_password": "super password"}),
    "setAuthParams": Legal(ready),
    "getAuthInfo": Legal(ready, options={"pin": "FA6", "user_pin": "396"}),
    "clearTokens": Legal(ready),
    "getTokenForHttpServer": Legal(ready),
    "getAppState": Legal(busy_everywhere),
    "getSystemInfo": Legal(talking),
    "getServerDomain": Legal(ready),
    "getConnected": Legal(ready),
    "getLogin": Legal(ready),
    "connectToServer": Legal(ready, ("serverConnected", "appStateChanged")),
    "connectToService": Legal(ready, ("serverConnected", "appStateChanged")),
    "login": Legal(
        no_login,
        ("login", "appStateChanged", "abReceivedAfterLogin", "fileTransferAvailable"),
        {"login": "room3@some.server", "password": "room3"},
    ),
    "logout": Legal(ready, ("logout", "appStateChanged", "fileTransferAvailable")),
    "getTariffRestrictions": Legal(ready),
    "getLicenseType": Legal(ready),
    "getHardwareKey": Legal(ready),
    "activateLicense": Legal(ready),
    "productRegistrationOffline": Legal(
        ready, ("licenseStatusChanged", "tariffRestrictionsChanged"), options={"license": 0}
    ),
    "call": Legal(ready, ("inviteSent", "appStateChanged")),
    "accept": Legal(called, ("conferenceCreated", "newParticipantInConference", "appStateChanged")),
    "reject": Legal(called, ("rejectSent", "stopCalling", "appStateChanged")),
    "hangUp": Legal(own, ("conferenceDeleted", "appStateChanged")),
    "getConferences": Legal(own),
    "getConferenceParticipants": Legal(own_roles),
    "createConference": Legal(ready, ("conferenceCreated", "inviteSent", "appStateChanged")),
    "getLastSelectedConference": Legal(ready),
    "getMaxConfTitleLength": Legal(ready),
    "inviteToConference": Legal(then(own, far(lambda simulator: simulator.peer(ONE).leave())), ("inviteSent",)),
    "kickPeer": Legal(own, ("participantLeftConference",)),
    "acceptPeer": Legal(ASKS_IN, ("peerAccepted", "newParticipantInConference"), {"peerId": PEOPLE[6]}),
    "rejectPeer": Legal(ASKS_IN, ("rejectSent",), {"peerId": PEOPLE[6]}),
    "toneDial": Legal(talking, ("toneDial",)),
    "turnRemoteMic": Legal(own, ("deviceStatusReceived",)),
    "turnRemoteCamera": Legal(own, ("deviceStatusReceived",)),
    "enableAudioReceiving": Legal(own, ("receiversInfoUpdated",)),
    "enableVideoReceiving": Legal(own, ("receiversInfoUpdated",)),
    "setModeratorRole": Legal(own),
    "switchVideoFlow": Legal(own, ("extraVideoFlowNotify",)),
    "allowRecord": Legal(asked_to_record, ("recordRequestReply", "userRecordingMeStatusChanged")),
    "denyRecord": Legal(asked_to_record, ("recordRequestReply",)),
    "gotoPodium": Legal(guest_roles, ("roleEventOccured",)),
    "leavePodium": Legal(PODIUM_OF_ANOTHER, ("roleEventOccured",)),
    "startRemark": Legal(guest_roles, ("roleEventOccured", "remarkCountDown")),
    "acceptInvitationToPodium": Legal(INVITED_TO_PODIUM, ("incomingPodiumInvitationRemoved", "roleEventOccured")),
    "rejectInvitationToPodium": Legal(INVITED_TO_PODIUM, ("incomingPodiumInvitationRemoved", "roleEventOccured")),
    "inviteToPodium": Legal(own_roles, ("roleEventOccured",)),
    "kickFromPodium": Legal(ON_PODIUM, ("roleEventOccured",)),
    "acceptRequestToPodium": Legal(WANTS_PODIUM, ("incomingRequestToPodiumAnswered", "roleEventOccured")),
    "rejectRequestToPodium": Legal(WANTS_PODIUM, ("incomingRequestToPodiumAnswered",)),
    "requestParticipantCameraControl": Legal(own, ("requestCameraControlSent",)),
    "acceptRequestCameraControl": Legal(asked_for_camera, ("incomingRequestCameraControlAccepted",)),
    "rejectRequestCameraControl": Legal(asked_for_camera, ("incomingRequestCameraControlRejected",)),
    "getRemotelyControlledCameras": Legal(steering),
    "getIncomingCameraControlRequests": Legal(asked_for_camera),
    "getOutgoingCameraControlRequests": Legal(then(own, asking("requestParticipantCameraControl", callId=ONE))),
    **{
        f"remotelyControlledCameraPtz{way}": Legal(steering)
        for way in ("Left", "Right", "Up", "Down", "ZoomInc", "ZoomDec")
    },
    "getMicMute": Legal(ready),
    "getAudioMute": Legal(ready),
    "getVideoMute": Legal(ready),
    "setMicMute": Legal(asking("setMicMute", mute=True), ("audioCapturerMute",), {"mute": False}),
    "setAudioMute": Legal(ready, ("audioRendererMute",), {"mute": True}),
    "setVideoMute": Legal(ready, ("videoCapturerMute",), {"mute": True}),
    "getSettings": Legal(ready),
    "setSettings": Legal(ready, ("settingsChanged",)),
    "getPtzControls": Legal(ready),
    "ptzLeft": Legal(ready, ("ptzControlsChanged",)),
    "ptzRight": Legal(ready, ("ptzControlsChanged",)),
    "ptzUp": Legal(ready, ("ptzControlsChanged",)),
    "ptzDown": Legal(ready, ("ptzControlsChanged",)),
    "ptzZoomInc": Legal(ready, ("ptzControlsChanged",)),
    "ptzZoomDec": Legal(asking("setZoomPos", pos=3), ("ptzControlsChanged",)),
    "ptzStop": Legal(asking("ptzLeft"), ("ptzControlsChanged",)),
    "setPanPos": Legal(ready, ("ptzControlsChanged",)),
    "setTiltPos": Legal(ready, ("ptzControlsChanged",)),
    "setZoomPos": Legal(ready, ("ptzControlsChanged",)),
    "setPtzDefaults": Legal(asking("setPanPos", pos=10), ("ptzControlsChanged",)),
    "getHardware": Legal(ready),
    "setVideoCapturer": Legal(ready, ("hardwareChanged",)),
    "setAudioCapturer": Legal(ready, ("hardwareChanged",)),
    "setAudioRenderer": Legal(ready, ("hardwareChanged",)),
    "getAppSndDev": Legal(ready),
    "setAppSndDev": Legal(asking("setAppSndDev", name="none", description="none"), ("appSndDevChanged",)),
    "getModes": Legal(ready),
    "setModes": Legal(ready, ("deviceModesDone",), {"mode": "PAL_60", "pin": "RGB"}),
    "testAudioRenderer": Legal(ready),
    "testAudioCapturerStart": Legal(ready, ("testAudioCapturerStateChanged", "testAudioCapturerLevel")),
    "testAudioCapturerStop": Legal(asking("testAudioCapturerStart"), ("testAudioCapturerStateChanged",)),
    "startAudioDelayDetectorTest": Legal(ready, ("audioDelayDetectorTestStateChanged",)),
    "stopAudioDelayDetectorTest": Legal(asking("startAudioDelayDetectorTest"), ("audioDelayDetectorTestStateChanged",)),
    "getAudioDelayDetectorInfo": Legal(ready),
    "getOutgoingBitrate": Legal(talking),
    "getMonitorsInfo": Legal(ready),
    "changeCurrentMonitor": Legal(ready, ("monitorsInfoUpdated",)),
    "changeWindowState": Legal(ready, ("windowStateChanged",)),
    "restoreWindow": Legal(asking("changeWindowState", windowState=1, stayOnTop=False), ("windowStateChanged",)),
    "getInfoWidgetsState": Legal(ready),
    "getRenderInfo": Legal(ready),
    "setOutputSelfVideoRotateAngle": Legal(ready),
    "getOutputSelfVideoRotateAngle": Legal(ready),
    "getVideoMatrix": Legal(then(own, MOVED_SLOT)),
    "changeVideoMatrix": Legal(own, ("videoMatrixChanged",)),
    "moveVideoSlotToMonitor": Legal(
        own, ("videoSlotMovedToMonitor", "videoMatrixChanged"), {"callId": "VideoCaptureSlot"}
    ),
    "removeVideoSlotFromMonitor": Legal(then(own, MOVED_SLOT), ("videoSlotRemovedFromMonitor", "videoMatrixChanged")),
    "getSlideShowInfo": Legal(showing),
    "addSlide": Legal(own, ("slideAdded", "slideShowAvailabilityChanged")),
    "removeSlide": Legal(slides, ("slideRemoved",)),
    "setSlidePosition": Legal(slides, ("slidePositionsChanged",)),
    "startSlideShow": Legal(then(own, slides), ("slideUploaded", "mySlideShowStarted")),
    "stopSlideShow": Legal(showing, ("mySlideShowStopped",)),
    "showSlide": Legal(showing, ("currentSlideIndexChanged",)),
    "showNextSlide": Legal(showing, ("currentSlideIndexChanged",)),
    "showPrevSlide": Legal(showing, ("currentSlideIndexChanged",)),
    "showFirstSlide": Legal(showing, ("currentSlideIndexChanged",)),
    "showLastSlide": Legal(showing, ("currentSlideIndexChanged",)),
    "getBroadcastPicture": Legal(asking("startBroadcastPicture", fileId=FILES[1])),
    "startBroadcastPicture": Legal(ready, ("broadcastPictureStateChanged",)),
    "stopBroadcastPicture": Legal(asking("startBroadcastPicture", fileId=FILES[1]), ("broadcastPictureStateChanged",)),
    "getBroadcastSelfie": Legal(asking("setBroadcastSelfie", enabled=True, fps=3)),
    "setBroadcastSelfie": Legal(ready, ("broadcastSelfieChanged",)),
    "startCapture": Legal(talking, ("dsStarted",)),
    "stopCapture": Legal(then(talking, asking("startCapture", captureId=1)), ("dsStopped",)),
    "getAbook": Legal(ready),
    "getDisplayNameById": Legal(ready, (), {"peerId": TWO}),
    "getContactDetails": Legal(ready, ("detailsInfo",)),
    "addToAbook": Legal(asking("removeFromAbook", peerId=ONE), ("contactsAdded",)),
    "renameInAbook": Legal(ready, ("contactsRenamed",)),
    "removeFromAbook": Legal(ready, ("contactsDeleted",)),
    "getCallHistory": Legal(past_calls),
    "setLastCallsViewed": Legal(ready, ("lastCallsViewed",)),
    "getLastCallsViewTime": Legal(ready),
    "getScheduler": Legal(ready, ("conferenceList",)),
    "getGroups": Legal(WITH_MEMBER),
    "createGroup": Legal(ready, ("groupsAdded",)),
    "removeGroup": Legal(WITH_MEMBER, ("groupsRemoved",)),
    "renameGroup": Legal(GROUP, ("groupsRenamed",)),
    "addToGroup": Legal(GROUP, ("usersAddedToGroups",)),
    "removeFromGroup": Legal(WITH_MEMBER, ("usersRemovedFromGroups",)),
    "getBanList": Legal(asking("block", peerId=ONE)),
    "block": Legal(ready, ("contactBlocked",)),
    "unblock": Legal(asking("block", peerId=ONE), ("contactUnblocked",)),
    "getListOfChats": Legal(chatted),
    "getChatLastMessages": Legal(chatted),
    "sendMessage": Legal(ready, ("chatMessageSent",)),
    "sendGroupMessage": Legal(own, ("groupChatMessageSent",)),
    "chatClear": Legal(chatted, ("cmdChatClear",)),
    "sendCommand": Legal(own, ("commandSent",)),
    "getFileList": Legal(ready),
    "getFileTransferAvailability": Legal(ready),
    "getFileRequests": Legal(offered_files),
    "getFileUploads": Legal(sent_file),
    "getFileTransferInfo": Legal(sent_file),
    "getFileTransferPIN": Legal(ready),
    "acceptFile": Legal(then(own, offered_files), ("fileAccepted", "fileStatus")),
    "rejectFile": Legal(then(own, offered_files), ("fileRejected",)),
    "sendFile": Legal(own, ("fileSent", "fileStatus")),
    "sendConferenceFile": Legal(own, ("fileConferenceSent", "fileStatus")),
    "clearFileTransfer": Legal(sent_file, ("fileTransferCleared",)),
    "deleteFileTransferFile": Legal(ready, ("fileTransferFileDeleted",)),
    "resetFileTransferPIN": Legal(ready, ("fileTransferPinChanged",)),
    "checkFileTransferPIN": Legal(ready, options={"transfer_pin": "F35", "pin": "FA6"}),
    "getShowFileTransferTools": Legal(ready),
    "setShowFileTransferTools": Legal(ready, ("showFileTransferTools",)),
    "saveData": Legal(ready, ("dataSaved",)),
    "loadData": Legal(asking("saveData", containerName="testContainer", data="SomeData")),
    "deleteData": Legal(asking("saveData", containerName="testContainer", data="SomeData"), ("dataDeleted",)),
    "getProperties": Legal(ready),
    "getHttpServerState": Legal(ready),
    "getHttpServerSettings": Legal(asking("setHttpServerSettings", settings={"port": 7777})),
    "startHttpServer": Legal(
        then(asking("stopHttpServer"), stopped),
        ("httpServerStateChanged",),
    ),
    "stopHttpServer": Legal(ready, ("httpServerStateChanged",)),
    "setHttpServerSettings": Legal(ready, ("httpServerSettingChanged",)),
    "getUpdateInfo": Legal(ready),
    "startUpdate": Legal(ready, ("downloadProgress",)),
    "cancelUpdate": Legal(asking("startUpdate")),
    "shutdown": Legal(own),
    "shutdownSystem": Legal(ready),
    "rebootSystem": Legal(ready),
}
