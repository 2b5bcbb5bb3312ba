import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room import actions
from appliance.room.actions import GRAMMAR, LEFT_OUT, ActionError, parse, words_of
from appliance.room.secret import Secret
from appliance.terminal.messages.devices import PtzStop, SetMicMute, SetSettings

WORDS = {
    "call": actions.HookOff(),
    "call anna@example.org": actions.CallPeer("anna@example.org"),
    r"call \c\0123": actions.CallPeer(r"\c\0123"),
    "answer": actions.Answer(),
    "accept": actions.Accept(),
    "hang_up": actions.HangUp(),
    "decline": actions.Decline(),
    "mute": actions.Mute("mic", None),
    "mute on": actions.Mute("mic", True),
    "mute off": actions.Mute("mic", False),
    "mute audio": actions.Mute("audio", None),
    "mute audio on": actions.Mute("audio", True),
    "mute video off": actions.Mute("video", False),
    "hold": actions.Hold(None),
    "hold on": actions.Hold(True),
    "hold off": actions.Hold(False),
    "dial 5*#AD": actions.Dial("5*#AD"),
    "volume up": actions.VolumeStep(1),
    "volume down": actions.VolumeStep(-1),
    "volume 0": actions.Volume(0),
    "volume 100": actions.Volume(100),
    **{f"camera {way}": actions.Camera(way) for way in ("left", "right", "up", "down", "in", "out")},
    "camera home": actions.CameraHome(),
    "camera allow": actions.LendCamera(),
    "camera refuse": actions.KeepCamera(),
    "hang_up all": actions.HangUp(for_all=True),
    "hang_up leave": actions.HangUp(for_all=False),
    "mute_all": actions.MuteAll(),
    "mute_one anna@example.org": actions.MuteOne("anna@example.org"),
    "remove anna@example.org": actions.Remove("anna@example.org"),
    "invite anna@example.org": actions.Invite("anna@example.org"),
    "podium ask": actions.AskForPodium(),
    "podium leave": actions.LeavePodium(),
    "podium remark": actions.MakeRemark(),
    "wait 2": actions.Wait(2.0),
    "wait 0.5": actions.Wait(0.5),
    "redial": actions.Redial(),
    "relay lights": actions.Switch("relay", "lights"),
    "relay lights on": actions.Switch("relay", "lights", on=True),
    "relay lights off": actions.Switch("relay", "lights", on=False),
    "screen wall": actions.Switch("screen", "wall"),
    "screen wall off": actions.Switch("screen", "wall", on=False),
    "relay lights pulse 0.5": actions.Switch("relay", "lights", on=True, seconds=0.5),
    "join next": actions.JoinNext(),
    "speed_dial 1": actions.SpeedDial(1),
    "speed_dial 99": actions.SpeedDial(99),
    "call_back": actions.CallBack(),
    "conference 0123": actions.CallConference("0123"),
    "record allow": actions.AllowRecording(),
    "record refuse": actions.RefuseRecording(),
    "dnd": actions.DoNotDisturb(),
    "dnd on": actions.DoNotDisturb(on=True),
    "dnd on 60": actions.DoNotDisturb(on=True, minutes=60),
    "dnd off": actions.DoNotDisturb(on=False),
    "lock": actions.Lock(),
    "show_address": actions.ShowAddress(),
    "show_password": actions.ShowPassword(),
    "pair": actions.InvitePhone(),
    "update": actions.InstallUpdate(),
    "preset 3": actions.Preset(3),
    "preset store 3": actions.StorePreset(3),
    "command ptzStop": actions.SendCommand(PtzStop()),
    'command setMicMute {"mute":true}': actions.SendCommand(SetMicMute(mute=True)),
    'command setSettings {"settings":{"audioPlayLevel":0.5}}': actions.SendCommand(
        SetSettings(settings={"audioPlayLevel": 0.5})
    ),
    "content on": actions.Content(on=True),
    "content on 2": actions.Content(on=True, source=2),
    "content off": actions.Content(on=False),
    **{f"layout {name}": actions.Layout(kind) for name, kind in actions.LAYOUTS.items()},
    "sleep": actions.Sleep(),
    "wake": actions.Wake(),
    "restart_terminal": actions.RestartTerminal(),
    "backspace": actions.Backspace(),
    "clear": actions.Clear(),
    "reclaim": actions.Reclaim(),
    "none": actions.Nothing(),
}


def test_a_password_is_in_the_action_and_not_in_its_words() -> None:
    action = parse(r"join \c\0123 1A2")
    assert action == actions.Join(r"\c\0123", Secret("1A2"))
    assert words_of(action) == r"join \c\0123 …"
    conference = parse("conference 0123 1A2")
    assert conference == actions.CallConference("0123", Secret("1A2"))
    assert words_of(conference) == "conference 0123 …"


@pytest.mark.parametrize(("text", "action"), WORDS.items())
def test_words_and_actions(text: str, action: actions.Action) -> None:
    assert parse(text) == action
    assert words_of(action) == text


def test_commands_are_named_without_regard_to_case_and_their_secrets_are_not_readable() -> None:
    assert parse('command SETMICMUTE {"mute": true}') == actions.SendCommand(SetMicMute(mute=True))
    action = parse('command call {"peerId": "a@b", "pin": "1A2"}')
    assert words_of(action) == "command call …"
    assert "1A2" not in repr(action)


def test_spaces_do_not_matter_and_tones_have_one_case() -> None:
    assert parse("  mute   video  on ") == actions.Mute("video", True)
    assert words_of(parse("dial 1a")) == "dial 1A"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("foo", f"unknown action `foo`; expected one of {', '.join(GRAMMAR)}"),
        ("Call", "unknown action `Call`; did you mean `call`?"),
        ("hangup", "unknown action `hangup`; did you mean `hang_up`?"),
        ("wait", "`wait`: expected a number of seconds up to 60 after `wait`"),
        ("wait 0", "`wait 0`: expected a number of seconds up to 60 after `wait`"),
        ("wait 61", "`wait 61`: expected a number of seconds up to 60 after `wait`"),
        ("wait nan", "`wait nan`: expected a number of seconds up to 60 after `wait`"),
        ("wait ²", "`wait ²`: expected a number of seconds up to 60 after `wait`"),
        ("", f"no action; expected one of {', '.join(GRAMMAR)}"),
        ("call a b", "`call a b`: expected one peer id after `call`"),
        ("join a", "`join …`: expected join next|PEER PIN"),
        ("join a 1A2 b", "`join …`: expected join next|PEER PIN"),
        ("speed_dial", "`speed_dial`: expected speed_dial 1..99"),
        ("speed_dial 0", "`speed_dial 0`: expected speed_dial 1..99"),
        ("speed_dial 100", "`speed_dial 100`: expected speed_dial 1..99"),
        ("conference", "`conference`: expected conference ID [PIN]"),
        ("conference 1 1A2 b", "`conference …`: expected conference ID [PIN]"),
        ("hang_up now", "`hang_up now`: expected hang_up [all|leave]"),
        ("remove", "`remove`: expected remove PEER"),
        ("invite a b", "`invite a b`: expected invite PEER"),
        ("record", "`record`: expected record allow|refuse"),
        ("dnd on 0", "`dnd on 0`: expected dnd [on [1..1440]|off]"),
        ("dnd off 5", "`dnd off 5`: expected dnd [on [1..1440]|off]"),
        ("dnd on 9999", "`dnd on 9999`: expected dnd [on [1..1440]|off]"),
        ("preset", "`preset`: expected preset [store] 0..99"),
        ("preset store", "`preset store`: expected preset [store] 0..99"),
        ("preset 100", "`preset 100`: expected preset [store] 0..99"),
        ("command", '`command`: expected command METHOD [{"NAME": VALUE, …}]'),
        ("command setMicMut", "the terminal knows no command `setMicMut`; the nearest one is `setMicMute`"),
        ("command auth", "the terminal knows no command `auth`; the nearest one is `getAuthInfo`"),
        ("command ptzStop now", "what follows `command ptzStop` is not a JSON object"),
        ("command ptzStop []", "what follows `command ptzStop` is not a JSON object"),
        ('command ptzStop {"now": 1}', "`ptzStop` has no parameter `now`; expected: –"),
        ('command setMicMute {"on": true}', "`setMicMute` has no parameter `on`; expected: mute"),
        ('command setMicMute {"mute": 1}', "parameters of `setMicMute`: Expected `bool`, got `int` - at `$.mute`"),
        ("command setMicMute", "parameters of `setMicMute`: Object missing required field `mute`"),
        ("content", "`content`: expected content on [1..99]|off"),
        ("content on 0", "`content on 0`: expected content on [1..99]|off"),
        ("content on 100", "`content on 100`: expected content on [1..99]|off"),
        ("content off 1", "`content off 1`: expected content on [1..99]|off"),
        ("layout", "`layout`: expected layout one|equal|top_left|top|left"),
        ("layout next", "`layout next`: expected layout one|equal|top_left|top|left"),
        ("sleep now", "`sleep now`: expected nothing after `sleep`"),
        ("answer now", "`answer now`: expected nothing after `answer`"),
        ("mute maybe", "`mute maybe`: expected mute [audio|video] [on|off]"),
        ("hold maybe", "`hold maybe`: expected hold [on|off]"),
        ("mute on off", "`mute on off`: expected mute [audio|video] [on|off]"),
        ("dial", "`dial`: expected symbols 0-9 * # A-D after `dial`"),
        ("dial 5E", "`dial 5E`: expected symbols 0-9 * # A-D after `dial`"),
        ("screen wall pulse 1", "`screen wall pulse 1`: expected screen NAME [on|off]"),
        ("relay", "`relay`: expected relay NAME [on|off|pulse SECONDS]"),
        ("relay a maybe", "`relay a maybe`: expected relay NAME [on|off|pulse SECONDS]"),
        ("relay a pulse", "`relay a pulse`: expected relay NAME [on|off|pulse SECONDS]"),
        ("relay a pulse soon", "`relay a pulse soon`: expected a pulse of 0.1 to 3600 seconds"),
        ("relay a pulse 3601", "`relay a pulse 3601`: expected a pulse of 0.1 to 3600 seconds"),
        ("relay a pulse nan", "`relay a pulse nan`: expected a pulse of 0.1 to 3600 seconds"),
        ("podium", "`podium`: expected podium ask|leave|remark"),
        ("podium on", "`podium on`: expected podium ask|leave|remark"),
        ("volume", "`volume`: expected up, down or a number from 0 to 100 after `volume`"),
        ("volume 101", "`volume 101`: expected up, down or a number from 0 to 100 after `volume`"),
        ("volume -1", "`volume -1`: expected up, down or a number from 0 to 100 after `volume`"),
        ("volume ²", "`volume ²`: expected up, down or a number from 0 to 100 after `volume`"),
        (
            "camera back",
            "`camera back`: expected one of left, right, up, down, in, out, home, allow, refuse after `camera`",
        ),
    ],
)
def test_mistakes_say_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(ActionError) as caught:
        parse(text)
    assert str(caught.value) == message


FIRST = sorted({text.split()[0] for text in WORDS})


@given(st.one_of(st.text(), st.lists(st.sampled_from(FIRST) | st.text(), max_size=4).map(" ".join)))
def test_any_text_is_an_action_or_an_action_error(text: str) -> None:
    try:
        action = parse(text)
    except ActionError:
        return
    if isinstance(action, actions.Join | actions.CallConference) and action.pin:
        assert words_of(action).endswith(f" {LEFT_OUT}")  # what would be read again is another password
    else:
        assert parse(words_of(action)) == action
