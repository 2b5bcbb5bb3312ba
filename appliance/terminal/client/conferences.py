"""Group conferences: making them, who is in them, and what participants do.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.calls import GetConferenceParticipants, ParticipantsReply
from appliance.terminal.messages.client_enums import ConferenceKind
from appliance.terminal.messages.conference import (
    AcceptPeer,
    AllowRecording,
    CreateConference,
    DenyRecording,
    GetLastKind,
    GetTitleLength,
    InviteToConference,
    KickPeer,
    LastKindReply,
    ReceiveAudio,
    ReceiveVideo,
    RejectPeer,
    SendRemoteCommand,
    SetModerator,
    SetRemoteCamera,
    SetRemoteMic,
    SwitchVideoFlow,
    TitleLengthReply,
)
from appliance.terminal.messages.people import GetScheduler, ScheduleReply


class Conferences(CommandGroup):
    """Group conferences: making them, who is in them, and what participants do."""

    async def create(
        self,
        title: str,
        kind: ConferenceKind,
        invited: tuple[str, ...],
        *,
        auto_accept: bool,
        use_waiting_room: bool | msgspec.UnsetType = msgspec.UNSET,
        mute_mic_on_join: bool | msgspec.UnsetType = msgspec.UNSET,
        mute_cam_on_join: bool | msgspec.UnsetType = msgspec.UNSET,
        on_podium: int | msgspec.UnsetType = msgspec.UNSET,
        smart: bool | msgspec.UnsetType = msgspec.UNSET,
    ) -> None:
        """Makes a group conference of the terminal's own; the outcome comes as events.

        `title`: At most as long as `getMaxConfTitleLength` says.
        `auto_accept`: Whether participants may join without being asked in.
        `invited`: Who is invited, as TrueConf IDs.
        `use_waiting_room`: Whether people wait until they are let in; newer terminals only, as are the next ones.
        `mute_mic_on_join`: Whether people come in muted.
        `mute_cam_on_join`: Whether people come in with their camera off.
        `on_podium`: Places on the podium.
        `smart`: Whether it is a smart meeting; role-based only.

        Method `createConference`; for administrator and user. May be followed by: conferenceCreated,
        appStateChanged, inviteSent, newParticipantInConference, rejectReceived. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(
            CreateConference(
                title=title,
                kind=kind,
                auto_accept=auto_accept,
                invited=invited,
                use_waiting_room=use_waiting_room,
                mute_mic_on_join=mute_mic_on_join,
                mute_cam_on_join=mute_cam_on_join,
                on_podium=on_podium,
                smart=smart,
            ),
            Reply,
        )

    async def title_length(self) -> TitleLengthReply:
        """Asks how long the title of a conference may be.

        Method `getMaxConfTitleLength`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetTitleLength(), TitleLengthReply)

    async def last_kind(self) -> LastKindReply:
        """Asks which kind of group conference was made last.

        Method `getLastSelectedConference`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetLastKind(), LastKindReply)

    async def participants(self) -> ParticipantsReply:
        """Asks who is in the conference.

        Method `getConferenceParticipants`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetConferenceParticipants(), ParticipantsReply)

    async def invite(self, peer_id: str) -> None:
        """Invites somebody to the conference that this terminal owns.

        `peer_id`: A TrueConf ID.

        Method `inviteToConference`; for administrator and user. May be followed by: inviteSent,
        newParticipantInConference, rejectReceived. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(InviteToConference(peer_id=peer_id), Reply)

    async def let_in(self, peer_id: str) -> None:
        """Lets somebody in who asked to join the conference that this terminal owns.

        `peer_id`: A TrueConf ID.

        Method `acceptPeer`; for administrator and user. May be followed by: peerAccepted,
        newParticipantInConference. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AcceptPeer(peer_id=peer_id), Reply)

    async def turn_away(self, peer_id: str) -> None:
        """Turns somebody away who asked to join the conference that this terminal owns.

        `peer_id`: A TrueConf ID.

        Method `rejectPeer`; for administrator and user. May be followed by: rejectSent. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RejectPeer(peer_id=peer_id), Reply)

    async def remove(self, peer_id: str) -> None:
        """Removes a participant from the conference that this terminal owns.

        `peer_id`: A TrueConf ID.

        Method `kickPeer`; for administrator and user. May be followed by: participantLeftConference. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(KickPeer(peer_id=peer_id), Reply)

    async def set_moderator(self, peer_id: str, *, moderator: bool) -> None:
        """Makes a participant a moderator, or takes it back.

        `peer_id`: A TrueConf ID.

        Method `setModeratorRole`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetModerator(peer_id=peer_id, moderator=moderator), Reply)

    async def set_camera(self, peer_id: str, *, on: bool) -> None:
        """Switches the camera of a participant of a group conference.

        `peer_id`: A TrueConf ID.
        `on`: True: the camera sends.

        Method `turnRemoteCamera`; for administrator and user. May be followed by: deviceStatusReceived. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetRemoteCamera(peer_id=peer_id, on=on), Reply)

    async def set_microphone(self, peer_id: str, *, on: bool) -> None:
        """Switches the microphone of a participant of a group conference.

        `peer_id`: A TrueConf ID.
        `on`: True: the microphone sends.

        Method `turnRemoteMic`; for administrator and user. May be followed by: deviceStatusReceived. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetRemoteMic(peer_id=peer_id, on=on), Reply)

    async def receive_audio(self, peer_id: str, *, enable: bool) -> None:
        """Receives the sound of a participant of a group conference, or does not.

        `peer_id`: A TrueConf ID.

        Method `enableAudioReceiving`; for administrator and user. May be followed by: receiversInfoUpdated. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ReceiveAudio(peer_id=peer_id, enable=enable), Reply)

    async def receive_video(self, peer_id: str, *, enable: bool) -> None:
        """Receives the picture of a participant of a group conference, or does not.

        `peer_id`: A TrueConf ID.

        Method `enableVideoReceiving`; for administrator and user. May be followed by: receiversInfoUpdated. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ReceiveVideo(peer_id=peer_id, enable=enable), Reply)

    async def switch_video(self, peer_id: str, *, main_camera: bool) -> None:
        """Shows another picture of a participant who sends content beside the camera.

        `peer_id`: A TrueConf ID.
        `main_camera`: True: the camera; false: the content.

        Method `switchVideoFlow`; for administrator and user. May be followed by: extraVideoFlowNotify. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SwitchVideoFlow(peer_id=peer_id, main_camera=main_camera), Reply)

    async def send_command(self, peer_id: str, command: str) -> None:
        """Sends a command text to another client in the call or conference.

        `peer_id`: A TrueConf ID.
        `command`: Any text; the other side gets it as the event `commandReceived`.

        Method `sendCommand`; for administrator and user. May be followed by: commandSent. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SendRemoteCommand(peer_id=peer_id, command=command), Reply)

    async def allow_recording(self, peer_id: str) -> None:
        """Allows a participant to record this terminal's video.

        `peer_id`: A TrueConf ID.

        Method `allowRecord`; for administrator and user. May be followed by: recordRequestReply,
        userRecordingMeStatusChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AllowRecording(peer_id=peer_id), Reply)

    async def deny_recording(self, peer_id: str) -> None:
        """Forbids a participant to record this terminal's video.

        `peer_id`: A TrueConf ID.

        Method `denyRecord`; for administrator and user. May be followed by: recordRequestReply. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(DenyRecording(peer_id=peer_id), Reply)

    async def schedule(self) -> ScheduleReply:
        """Asks for the scheduled conferences; they come as the event conferenceList, from some terminals in the reply.

        Method `getScheduler`; for administrator and user. May be followed by: conferenceList. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetScheduler(), ScheduleReply)
