"""Every command and event of newer terminals by group, as text that `catalogue` reads.

Presets and sleep are in the groups `ptz` and `system`. Which events follow is told by the vendor for few commands; for
the rest it is taken from the names.
"""

TABLES = (
    (
        "layout",
        "Layout of the video with newer terminals: one window at a time.",
        """
        set_type changeVideoMatrixType: videoMatrixChanged
        swap swapVideoSlots: videoMatrixChanged
        hide hideVideoSlot: videoMatrixChanged
        show showVideoSlot: videoMatrixChanged
        crop getCrop:
        set_crop setCrop: cropChanged
        """,
        "cropChanged enableAudioReceivingChanged enableVideoReceivingChanged outputSelfVideoRotateAngleChanged",
    ),
    (
        "waiting_room",
        "The waiting room of the terminal's own conferences: who is let in.",
        """
        set_open setWaitingRoomState: waitingRoomStateChanged
        set_presence setParticipantPresenceInWaitingRoom: participantPresenceInWaitingRoomChanged
        """,
        "waitingRoomStateChanged participantPresenceInWaitingRoomChanged",
    ),
    (
        "meeting",
        "Group conferences as newer terminals hold them: smart meetings, reactions, links.",
        """
        pin pinUser: userPinEventOccurred
        set_smart changeConferenceMode: smartMeetingModeChanged
        expand_call expandCallToMulti: conferenceDeleted conferenceCreated
        set_speaker turnRemoteSpeaker:
        stop_sharing sendStopContentSharing:
        level getAudioReceivingLevel:
        set_level setAudioReceivingLevel:
        """,
        """
        userPinEventOccurred smartMeetingModeChanged reactionsChanged contentSharingStoppedByConferenceLeader
        joinToConferenceLinkReceived realtimeManagmentUrlChanged realtimeManagmentUrlAvailabilityChanged
        """,
    ),
    (
        "calling",
        "What `call` would dial, people on the server, and the call history.",
        """
        prepare prepareCallIdForCall:
        open_link openURLProtocol:
        clear_history clearCallHistory: callHistoryCleared
        search searchContact:
        search_on_server searchContact2: contactsSearched
        """,
        "callHistoryCleared contactsSearched",
    ),
    (
        "planner",
        "Meetings that a program plans: the terminal's own schedule, beside the server's.",
        """
        replace setCustomScheduler: conferenceList
        erase eraseCustomScheduler: conferenceList
        """,
        "",
    ),
    (
        "picture",
        "What newer terminals do to sound and picture, and how they drive the camera.",
        """
        blur getBlur:
        set_blur setBlur: blurChanged
        background getReplaceBackground:
        set_background setReplaceBackground: replaceBackgroundChanged
        noise_suppression getNoiseSuppression:
        set_noise_suppression setNoiseSuppression: noiseSuppressionChanged
        com_port getComPort:
        set_com_port setComPort: comPortChanged
        set_inverted setCurrentPtzPropertyInverted: ptzControlsChanged
        set_default_content setDefaultContentSource:
        """,
        "blurChanged replaceBackgroundChanged noiseSuppressionChanged comPortChanged",
    ),
    (
        "ndi",
        "NDI: participants as sources for video production on the same network. Needs the PRO licence.",
        """
        create createNDIDevice: NDIDeviceCreated
        delete deleteNDIDevice: NDIDeviceDeleted
        list getCreatedNDIDevices:
        state getNDIState:
        set_state setNDIState: NDIStateChanged
        """,
        "NDIDeviceCreated NDIDeviceDeleted NDIStateChanged",
    ),
    (
        "transfers",
        "Files on their way, as newer terminals number them: by request.",
        """
        accept acceptIncomingFileRequest: incomingFileRequestAccepted fileRequestStatusChanged incomingFileRequestDownloadingProgress
        reject rejectIncomingFileRequest: incomingFileRequestRejected
        incoming getIncomingFilesRequests:
        outgoing getOutgoingFilesRequests:
        request getFileRequestInfo:
        history getFileTransferHistory:
        clear_history clearFileTransferHistory: fileTransferHistoryCleared
        send_to_conference sendFileToConference: outgoingFileRequestSentToConference outgoingFileRequestUploadingProgress
        info getFileInfo:
        """,  # noqa: E501  # one line a command
        """
        incomingFileRequestAccepted incomingFileRequestRejected incomingFileRequestDownloadingProgress
        outgoingFileRequestUploadingProgress outgoingFileRequestSent outgoingFileRequestSentToConference
        fileRequestStatusChanged fileDeletedFromFileTransferHistory fileTransferHistoryCleared
        fileTransferAvailabilityChanged fileDownloadingProgress fileUploadingProgress
        """,
    ),
    (
        "look",
        "What the main screen shows with newer terminals: its background, a logo, the time.",
        """
        background getBackground:
        set_background setBackground: backgroundImageChanged
        reset_background setDefaultBackground: backgroundImageChanged
        logo getLogo:
        set_logo setLogo: logoImageChanged
        reset_logo setDefaultLogo: logoImageChanged
        """,
        "backgroundImageChanged logoImageChanged showInfoConnect showLogo showTime",
    ),
    (
        "slide_cache",
        "Slides as newer terminals keep them: sorting, and what is prepared for showing.",
        """
        remove_all removeAllSlides: allSlidesRemoved
        sort sortSlides: slidesSorted
        state getSlideShowCache:
        remove removeImageFromCachingQueue: imageRemovedFromCachingQueue
        stop stopCachingAllImages: allSlidesCachingStopped
        """,
        """
        allSlidesCachingStopped allSlidesRemoved slideShowCleared slidePositionChanged slidesSorted slidesChunkSorted
        slideCached slideCachingStarted imageAddedToCachingQueue imageRemovedFromCachingQueue
        """,
    ),
    (
        "server_list",
        "Servers that the terminal knows, and addresses of pages about it.",
        """
        available getAvailableServersList: availableServersListLoaded
        last_used getLastUsedServersList:
        remove removeFromServersList:
        web_manager getWebManagerUrl:
        profile getCurrentUserProfileUrl:
        """,
        """
        availableServersListLoaded webManagerUrlChanged currentUserProfileUrlChanged currentUserDisplayNameChanged
        """,
    ),
    (
        "control",
        "Versions, status and programs beside each other on newer terminals.",
        """
        use_version setUsedApiVersion:
        set_status setExtStatus: appStateChanged
        tell_programs fireMyEvent: myEvent
        containers getAllUserContainersNames:
        licence_server getLicenseServerStatus:
        pro_key getTrueConfRoomProKey:
        """,
        "myEvent licenseActivation authorizationParametersChanged chatRemoved systemRatingUpdated",
    ),
)
