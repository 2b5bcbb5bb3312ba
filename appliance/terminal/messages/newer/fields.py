"""How sure the fields are that newer terminals add to messages, and from which version of Room on, as data.

A head says how sure and since when (`-`: no source tells), the lines below it in which message. A guess is what a field
is probably called in a message that no source shows.
"""

FIELDS = """
  documented -
      appStateChanged: additionalStatus extStatus
      call: pin
      conferenceCreated: isInWaitingRoom isSmartMeeting isWaitingRoomEnabled isWaitingRoomSwitchingSupported
      joinUrl maxParticipants maxParticipantsOnPodium pinned realTimeConferenceManagmentUrl
      createConference: castersCount muteCamOnJoin muteMicOnJoin smartMeeting useWaitingRoom
      getAppState: additionalStatus extStatus
      getConferenceParticipants: isInWaitingRoom pinned
      getConferences: isInWaitingRoom isSmartMeeting isWaitingRoomEnabled isWaitingRoomSwitchingSupported
      maxParticipants maxParticipantsOnPodium pinned
      getLicenseType: end_date product_id start_date
      getPtzControls: inverted isContinuousType videoCapturerDescription videoCapturerName
      getScheduler: cnt
      getVideoMatrix: hiddenVideoSlots peerDn selfViewMode
      newParticipantInConference: isInWaitingRoom pinned
      ptzControlsChanged: inverted isContinuousType videoCapturerDescription videoCapturerName
      usersStatusesChanged: additionalStatus extStatus isEditable lastOnlineTime
      videoMatrixChanged: hiddenVideoSlots peerDn selfViewMode
  documented 4.1
      getHardware: currentAudioCapturerType currentAudioRendererType currentVideoCapturerType type
      hardwareChanged: currentAudioCapturerType currentAudioRendererType currentVideoCapturerType type
      receivedFileRequest: fileRequestId fileSize timestamp
      sendFile: callId sentFileRequestId
  documented 5.0
      getConferenceParticipants: reaction
  example -
      appStateChanged: recording sourceType windowName
      conferenceList: access
      getAppState: recording sourceType windowName
  example 5.0
      getConferences: id
      getHardware: connected
      getVideoMatrix: type
      hardwareChanged: connected
      videoMatrixChanged: type
  client -
      detailInfo: isEditable
      getHardware: comPorts defaultContentSource
      getInfoWidgetsState: upcomingMeetingsComponentDisplaying
      getModes: videoCapturerDescription
      getRenderInfo: vendor
      incomingRequestToPodiumAnswered: confId
      licenseStatusChanged: end_date start_date
      slideRemoved: removedFromServer
      toneDial: callId
      videoSlotMovedToMonitor: peerDn
  guess -
      blurChanged: enabled
      comPortChanged: port
      fileTransferAvailabilityChanged: available
      getBlur: enabled
      getComPort: port
      getNoiseSuppression: enabled
      getSleepMode: enabled
      getWebManagerUrl: url
      myStateInWaitingRoomChanged: confId isInWaitingRoom
      noiseSuppressionChanged: enabled
      sleepModeChanged: enabled
      smartMeetingModeChanged: isSmartMeeting
      videoCapturerPresetApplied: presetId
      videoCapturerPresetRemoved: presetId
      webManagerUrlChanged: url
"""
