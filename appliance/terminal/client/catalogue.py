"""Every command and event by group, as data: what a command is called here, and which events follow it."""

import msgspec

from appliance.terminal.client.newer.tables import TABLES


class Entry(msgspec.Struct, frozen=True):
    """A command: its name in the client, its method on the wire, the events that may follow it."""

    name: str
    method: str
    follows: tuple[str, ...]


class Group(msgspec.Struct, frozen=True):
    """Commands that belong together; `name` is the attribute of the client. `newer`: older terminals lack all of it."""

    name: str
    about: str
    commands: tuple[Entry, ...]
    events: tuple[str, ...]
    newer: bool = False


def _group(name: str, about: str, commands: str, events: str, *, newer: bool = False) -> Group:
    """Returns a group from a table: a line `name method: events that follow` for each command."""
    entries = tuple(_entry(line) for line in commands.strip().splitlines())
    return Group(name, about, entries, tuple(events.split()), newer)


def _entry(line: str) -> Entry:
    head, _, follows = line.partition(":")
    name, method = head.split()
    return Entry(name, method, tuple(follows.split()))


CALLS = _group(
    "calls",
    "Calls: placing, taking and ending them, and what is going on.",
    """
    call call: inviteSent inviteRequestSent appStateChanged conferenceCreated newParticipantInConference rejectReceived stopCalling
    accept accept: appStateChanged conferenceDeleted conferenceCreated newParticipantInConference
    reject reject: rejectSent stopCalling appStateChanged
    hang_up hangUp: appStateChanged conferenceDeleted stopCalling
    tone toneDial: toneDial
    state getAppState:
    current getConferences:
    history getCallHistory:
    mark_viewed setLastCallsViewed: lastCallsViewed
    last_view getLastCallsViewTime:
    """,  # noqa: E501  # one line a command
    """
    appStateChanged inviteReceived inviteSent inviteRequestSent rejectReceived rejectSent stopCalling conferenceCreated
    conferenceDeleted myStateInWaitingRoomChanged toneDial hookOffPressed hangUpPressed lastCallsViewed
    """,
)
CONFERENCES = _group(
    "conferences",
    "Group conferences: making them, who is in them, and what participants do.",
    """
    create createConference: conferenceCreated appStateChanged inviteSent newParticipantInConference rejectReceived
    title_length getMaxConfTitleLength:
    last_kind getLastSelectedConference:
    participants getConferenceParticipants:
    invite inviteToConference: inviteSent newParticipantInConference rejectReceived
    let_in acceptPeer: peerAccepted newParticipantInConference
    turn_away rejectPeer: rejectSent
    remove kickPeer: participantLeftConference
    set_moderator setModeratorRole:
    set_camera turnRemoteCamera: deviceStatusReceived
    set_microphone turnRemoteMic: deviceStatusReceived
    receive_audio enableAudioReceiving: receiversInfoUpdated
    receive_video enableVideoReceiving: receiversInfoUpdated
    switch_video switchVideoFlow: extraVideoFlowNotify
    send_command sendCommand: commandSent
    allow_recording allowRecord: recordRequestReply userRecordingMeStatusChanged
    deny_recording denyRecord: recordRequestReply
    schedule getScheduler: conferenceList
    """,
    """
    newParticipantInConference participantLeftConference requestInviteReceived peerAccepted deviceStatusReceived
    extraVideoFlowNotify recordRequest recordRequestReply userRecordingMeStatusChanged commandReceived commandSent
    micStateChangedByConferenceOwner cameraStateChangedByConferenceOwner conferenceList receiversInfoUpdated
    """,
)
PODIUM = _group(
    "podium",
    "The podium of role-based conferences.",
    """
    accept_invitation acceptInvitationToPodium: incomingPodiumInvitationRemoved roleEventOccured
    reject_invitation rejectInvitationToPodium: incomingPodiumInvitationRemoved roleEventOccured
    invite inviteToPodium: roleEventOccured
    remove kickFromPodium: roleEventOccured
    accept_request acceptRequestToPodium: incomingRequestToPodiumAnswered roleEventOccured
    reject_request rejectRequestToPodium: incomingRequestToPodiumAnswered
    enter gotoPodium: roleEventOccured
    leave leavePodium: roleEventOccured
    start_remark startRemark: roleEventOccured remarkCountDown
    """,
    "roleEventOccured incomingRequestToPodiumAnswered incomingPodiumInvitationRemoved remarkCountDown",
)
ADDRESS_BOOK = _group(
    "address_book",
    "The address book: people, their names and states, and who is blocked.",
    """
    contacts getAbook:
    add addToAbook: contactsAdded
    remove removeFromAbook: contactsDeleted
    rename renameInAbook: contactsRenamed
    display_name getDisplayNameById:
    details getContactDetails: detailInfo
    block block: contactBlocked
    unblock unblock: contactUnblocked
    blocked getBanList:
    """,
    """
    abReceivedAfterLogin usersStatusesChanged contactsAdded contactsRenamed contactsDeleted contactBlocked
    contactUnblocked detailInfo updateAvatar
    """,
)
GROUPS = _group(
    "groups",
    "Groups of the address book.",
    """
    list getGroups:
    create createGroup: groupsAdded
    remove removeGroup: groupsRemoved
    rename renameGroup: groupsRenamed
    add_member addToGroup: usersAddedToGroups
    remove_member removeFromGroup: usersRemovedFromGroups
    """,
    "groupsAdded groupsRemoved groupsRenamed usersAddedToGroups usersRemovedFromGroups",
)
CHAT = _group(
    "chat",
    "Messages to people and to conferences.",
    """
    send sendMessage: chatMessageSent
    send_to_conference sendGroupMessage: groupChatMessageSent
    chats getListOfChats:
    messages getChatLastMessages:
    clear chatClear: cmdChatClear
    """,
    "incomingChatMessage incomingGroupChatMessage chatMessageSent groupChatMessageSent cmdChatClear",
)
FILES = _group(
    "files",
    "Files on the terminal's HTTP server, and files on their way to and from people.",
    """
    list getFileList:
    available getFileTransferAvailability:
    incoming getFileRequests:
    outgoing getFileUploads:
    accept acceptFile: fileAccepted fileStatus
    reject rejectFile: fileRejected
    send sendFile: fileSent fileStatus
    send_to_conference sendConferenceFile: fileConferenceSent fileStatus
    transfers getFileTransferInfo:
    pin getFileTransferPIN:
    new_pin resetFileTransferPIN: fileTransferPinChanged
    check_pin checkFileTransferPIN:
    clear clearFileTransfer: fileTransferCleared
    delete deleteFileTransferFile: fileTransferFileDeleted
    tools_shown getShowFileTransferTools:
    show_tools setShowFileTransferTools: settingsChanged showFileTransferTools
    """,
    """
    receivedFileRequest fileTransferAvailable fileAccepted fileRejected fileStatus fileSent fileConferenceSent
    fileTransferCleared fileTransferFileDeleted fileTransferPinChanged showFileTransferTools
    """,
)
SLIDES = _group(
    "slides",
    "Slides: the list of them, and showing them.",
    """
    info getSlideShowInfo:
    add addSlide: slideAdded slideShowAvailabilityChanged
    remove removeSlide: slideRemoved slideShowAvailabilityChanged
    move setSlidePosition: slidePositionsChanged
    start startSlideShow: slideUploaded mySlideShowStarted videoMatrixChanged
    stop stopSlideShow: mySlideShowStopped videoMatrixChanged
    show showSlide: currentSlideIndexChanged
    next showNextSlide: currentSlideIndexChanged
    previous showPrevSlide: currentSlideIndexChanged
    first showFirstSlide: currentSlideIndexChanged
    last showLastSlide: currentSlideIndexChanged
    """,
    """
    slideShowStarted slideShowStopped mySlideShowStarted mySlideShowStopped mySlideShowTitleChanged
    slideShowAvailabilityChanged slideAdded slideRemoved slidePositionsChanged currentSlideIndexChanged slideUploaded
    """,
)
SHARING = _group(
    "sharing",
    "What is sent instead of, or beside, the camera.",
    """
    start startCapture: dsStarted
    stop stopCapture: dsStopped
    start_picture startBroadcastPicture: broadcastPictureStateChanged
    stop_picture stopBroadcastPicture: broadcastPictureStateChanged
    picture getBroadcastPicture:
    frames getBroadcastSelfie:
    set_frames setBroadcastSelfie: broadcastSelfieChanged
    """,
    "dsStarted dsStopped broadcastPictureStateChanged broadcastSelfieChanged",
)
DEVICES = _group(
    "devices",
    "Microphones, loudspeakers, cameras: muting, choosing and testing them.",
    """
    mic_muted getMicMute:
    audio_muted getAudioMute:
    video_muted getVideoMute:
    mute_mic setMicMute: audioCapturerMute
    mute_audio setAudioMute: audioRendererMute
    mute_video setVideoMute: videoCapturerMute
    list getHardware:
    choose_microphone setAudioCapturer: hardwareChanged settingsChanged
    choose_loudspeaker setAudioRenderer: hardwareChanged
    choose_camera setVideoCapturer: hardwareChanged ptzControlsChanged updateCameraInfo
    sound_device getAppSndDev:
    choose_sound_device setAppSndDev: appSndDevChanged
    modes getModes:
    set_modes setModes: deviceModesDone
    test_loudspeaker testAudioRenderer:
    start_mic_test testAudioCapturerStart: testAudioCapturerStateChanged testAudioCapturerLevel
    stop_mic_test testAudioCapturerStop: testAudioCapturerStateChanged
    echo_test getAudioDelayDetectorInfo:
    start_echo_test startAudioDelayDetectorTest: audioDelayDetectorTestStateChanged
    stop_echo_test stopAudioDelayDetectorTest: audioDelayDetectorTestStateChanged
    bitrate getOutgoingBitrate:
    rotation getOutputSelfVideoRotateAngle:
    rotate setOutputSelfVideoRotateAngle:
    """,
    """
    audioCapturerMute audioRendererMute videoCapturerMute hardwareChanged appSndDevChanged deviceModesDone
    testAudioCapturerStateChanged testAudioCapturerLevel audioDelayDetectorTestStateChanged outgoingBitrateChanged
    updateCameraInfo
    """,
)
PTZ = _group(
    "ptz",
    "The terminal's own pan-tilt-zoom camera. Movements go on until `stop`. Presets need a newer terminal.",
    """
    controls getPtzControls:
    left ptzLeft: ptzControlsChanged
    right ptzRight: ptzControlsChanged
    up ptzUp: ptzControlsChanged
    down ptzDown: ptzControlsChanged
    zoom_in ptzZoomInc: ptzControlsChanged
    zoom_out ptzZoomDec: ptzControlsChanged
    stop ptzStop: ptzControlsChanged
    pan_to setPanPos: ptzControlsChanged
    tilt_to setTiltPos: ptzControlsChanged
    zoom_to setZoomPos: ptzControlsChanged
    home setPtzDefaults: ptzControlsChanged
    presets getAllVideoCapturerPresets:
    add_preset addPresetFromCurrentVideoCapturer: videoCapturerPresetAdded
    apply_preset applyVideoCapturerPreset: videoCapturerPresetApplied ptzControlsChanged
    update_preset updatePresetFromCurrentVideoCapturer: videoCapturerPresetUpdated
    remove_preset removeVideoCapturerPreset: videoCapturerPresetRemoved
    store_preset addVideoCapturerPreset: videoCapturerPresetAdded
    change_preset updateVideoCapturerPreset: videoCapturerPresetUpdated
    """,
    """
    ptzControlsChanged videoCapturerPresetAdded videoCapturerPresetUpdated videoCapturerPresetRemoved
    videoCapturerPresetApplied
    """,
)
FAR_END = _group(
    "far_end",
    "Cameras of participants: asking for control, moving them, and answering those who ask for ours.",
    """
    request requestParticipantCameraControl: requestCameraControlSent outgoingRequestCameraControlAccepted outgoingRequestCameraControlRejected
    accept acceptRequestCameraControl: incomingRequestCameraControlAccepted
    reject rejectRequestCameraControl: incomingRequestCameraControlRejected
    controlled getRemotelyControlledCameras:
    incoming getIncomingCameraControlRequests:
    outgoing getOutgoingCameraControlRequests:
    left remotelyControlledCameraPtzLeft:
    right remotelyControlledCameraPtzRight:
    up remotelyControlledCameraPtzUp:
    down remotelyControlledCameraPtzDown:
    zoom_in remotelyControlledCameraPtzZoomInc:
    zoom_out remotelyControlledCameraPtzZoomDec:
    """,  # noqa: E501  # one line a command
    """
    requestCameraControlSent outgoingRequestCameraControlAccepted outgoingRequestCameraControlRejected
    remotelyControlledCameraNotAvailableAnymore requestCameraControlReceived incomingRequestCameraControlAccepted
    incomingRequestCameraControlRejected
    """,
)
WINDOWS = _group(
    "windows",
    "Windows and monitors: layout of the video, the terminal's window, what the main screen shows.",
    """
    layout getVideoMatrix:
    set_layout changeVideoMatrix: videoMatrixChanged
    to_monitor moveVideoSlotToMonitor: videoSlotMovedToMonitor videoMatrixChanged
    from_monitor removeVideoSlotFromMonitor: videoSlotRemovedFromMonitor videoMatrixChanged
    set_window changeWindowState: windowStateChanged
    restore restoreWindow: windowStateChanged
    monitors getMonitorsInfo:
    set_monitor changeCurrentMonitor: monitorsInfoUpdated
    widgets getInfoWidgetsState:
    """,
    """
    videoMatrixChanged videoSlotMovedToMonitor videoSlotRemovedFromMonitor windowStateChanged monitorsInfoUpdated
    showCurrentUserWidget showUpcomingMeetings showIncomingRequestWidget customLogoUsageChanged
    """,
)
SETTINGS = _group(
    "settings",
    "Settings of the terminal; `appliance.terminal.messages.settings` has them with their types.",
    """
    get getSettings:
    set setSettings: settingsChanged
    """,
    "settingsChanged",
)
SERVER = _group(
    "server",
    "The conferencing server: reaching it, logging in, and what the account may do there.",
    """
    connection getConnected:
    connect connectToServer: serverConnected serverDisconnected appStateChanged login abReceivedAfterLogin tariffRestrictionsChanged fileTransferAvailable
    connect_to_service connectToService: serverConnected serverDisconnected appStateChanged login abReceivedAfterLogin tariffRestrictionsChanged fileTransferAvailable
    account getLogin:
    log_in login: login appStateChanged abReceivedAfterLogin tariffRestrictionsChanged fileTransferAvailable
    log_out logout: logout appStateChanged fileTransferAvailable
    domain getServerDomain:
    rights getTariffRestrictions:
    properties getProperties:
    """,  # noqa: E501  # one line a command
    "serverConnected serverDisconnected login logout tariffRestrictionsChanged propertiesUpdated",
)
ACCESS = _group(
    "access",
    "Who may control the terminal: authorising, protection of the two accounts, tokens.",
    """
    authorise auth:
    protection getAuthInfo:
    protect setAuthParams: authorizationNeeded
    clear_tokens clearTokens:
    http_token getTokenForHttpServer:
    """,
    "authorizationNeeded",
)
HTTP_SERVER = _group(
    "http_server",
    "The terminal's HTTP server.",
    """
    state getHttpServerState:
    start startHttpServer: httpServerStateChanged
    stop stopHttpServer: httpServerStateChanged
    settings getHttpServerSettings:
    set setHttpServerSettings: httpServerSettingChanged
    """,
    "httpServerStateChanged httpServerSettingChanged",
)
LICENCE = _group(
    "licence",
    "The terminal's licence.",
    """
    type getLicenseType:
    hardware_key getHardwareKey:
    activate activateLicense: licenseStatusChanged tariffRestrictionsChanged
    register_offline productRegistrationOffline: licenseStatusChanged tariffRestrictionsChanged
    """,
    "licenseStatusChanged",
)
UPDATES = _group(
    "updates",
    "Updates of the terminal's program.",
    """
    info getUpdateInfo:
    start startUpdate: downloadProgress updateFailed
    cancel cancelUpdate:
    """,
    "appUpdateAvailable downloadProgress updateFailed",
)
DATA = _group(
    "data",
    "Data that integrators keep on the terminal, by name.",
    """
    save saveData: dataSaved
    load loadData:
    delete deleteData: dataDeleted
    """,
    "dataSaved dataDeleted",
)
SYSTEM = _group(
    "system",
    "The terminal and its computer: versions, performance, switching off. Sleep needs a newer terminal.",
    """
    info getSystemInfo:
    render_info getRenderInfo:
    shut_down shutdown: rejectSent stopCalling appStateChanged
    shut_down_computer shutdownSystem:
    restart_computer rebootSystem:
    set_sleep_mode setSleepMode: sleepModeChanged
    sleep_mode getSleepMode:
    """,
    "onSystemRatingUpdated sleepModeChanged",
)

NEWER = tuple(_group(*table, newer=True) for table in TABLES)
CATALOGUE = (
    CALLS,
    CONFERENCES,
    PODIUM,
    ADDRESS_BOOK,
    GROUPS,
    CHAT,
    FILES,
    SLIDES,
    SHARING,
    DEVICES,
    PTZ,
    FAR_END,
    WINDOWS,
    SETTINGS,
    SERVER,
    ACCESS,
    HTTP_SERVER,
    LICENCE,
    UPDATES,
    DATA,
    SYSTEM,
    *NEWER,
)
