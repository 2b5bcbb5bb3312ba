"""How sure the commands and events of newer terminals are, and from which version of Room on, as data.

Each line says how sure, since when (`-`: no source tells), and of which.
"""

COMMANDS = """
  documented -: setCurrentPtzPropertyInverted swapVideoSlots turnRemoteSpeaker
  documented 4.1: createNDIDevice deleteNDIDevice expandCallToMulti getIncomingFilesRequests
    getOutgoingFilesRequests
  documented 4.2: addPresetFromCurrentVideoCapturer addVideoCapturerPreset prepareCallIdForCall searchContact
    updatePresetFromCurrentVideoCapturer
  documented 4.3: pinUser searchContact2 setCustomScheduler setParticipantPresenceInWaitingRoom
    setWaitingRoomState
  client -: changeVideoMatrixType clearCallHistory fireMyEvent getAllUserContainersNames getAudioReceivingLevel
    getAvailableServersList getBackground getBlur getComPort getCrop getCurrentUserProfileUrl getFileInfo
    getLastUsedServersList getLicenseServerStatus getLogo getNoiseSuppression getReplaceBackground getSleepMode
    getSlideShowCache getTrueConfRoomProKey getWebManagerUrl hideVideoSlot openURLProtocol removeAllSlides
    removeFromServersList removeImageFromCachingQueue sendStopContentSharing setAudioReceivingLevel setBackground
    setBlur setComPort setCrop setDefaultBackground setDefaultContentSource setDefaultLogo setExtStatus setLogo
    setNoiseSuppression setReplaceBackground setSleepMode setUsedApiVersion showVideoSlot sortSlides
    stopCachingAllImages
  client 4.1: acceptIncomingFileRequest clearFileTransferHistory getCreatedNDIDevices getFileRequestInfo
    getFileTransferHistory getNDIState rejectIncomingFileRequest sendFileToConference setNDIState
  client 4.2: applyVideoCapturerPreset getAllVideoCapturerPresets removeVideoCapturerPreset
    updateVideoCapturerPreset
  client 4.3: changeConferenceMode eraseCustomScheduler
"""
EVENTS = """
  documented -: licenseActivation
  documented 4.1: fileDeletedFromFileTransferHistory fileRequestStatusChanged incomingFileRequestAccepted
    incomingFileRequestRejected NDIDeviceCreated NDIDeviceDeleted outgoingFileRequestSentToConference
    outgoingFileRequestUploadingProgress
  documented 4.2: realtimeManagmentUrlChanged videoCapturerPresetAdded videoCapturerPresetUpdated
  documented 4.3: contactsSearched participantPresenceInWaitingRoomChanged userPinEventOccurred
  documented 5.0: reactionsChanged
  client -: allSlidesCachingStopped allSlidesRemoved authorizationParametersChanged availableServersListLoaded
    backgroundImageChanged blurChanged callHistoryCleared chatRemoved comPortChanged
    contentSharingStoppedByConferenceLeader cropChanged currentUserDisplayNameChanged currentUserProfileUrlChanged
    enableAudioReceivingChanged enableVideoReceivingChanged fileDownloadingProgress fileUploadingProgress
    imageAddedToCachingQueue imageRemovedFromCachingQueue joinToConferenceLinkReceived logoImageChanged myEvent
    noiseSuppressionChanged outputSelfVideoRotateAngleChanged realtimeManagmentUrlAvailabilityChanged
    replaceBackgroundChanged showInfoConnect showLogo showTime sleepModeChanged slideCached slideCachingStarted
    slidePositionChanged slidesChunkSorted slideShowCleared slidesSorted systemRatingUpdated webManagerUrlChanged
  client 4.1: fileTransferAvailabilityChanged fileTransferHistoryCleared incomingFileRequestDownloadingProgress
    NDIStateChanged outgoingFileRequestSent
  client 4.2: videoCapturerPresetApplied videoCapturerPresetRemoved
  client 4.3: myStateInWaitingRoomChanged smartMeetingModeChanged userPinEventOccured waitingRoomStateChanged
"""
