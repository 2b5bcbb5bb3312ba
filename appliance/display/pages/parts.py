"""What several pages have in common."""

from appliance.display import icons
from appliance.display.palette import Tone
from appliance.display.sheet import Bar, Head, Label, Look, Mark, Name, Sentence, Sheet, Words
from appliance.display.text import label
from appliance.language.text import NOTHING, Text
from appliance.room import hold
from appliance.room.parts.call import Conversation, Muted
from appliance.room.parts.person import Person
from appliance.room.state import RoomState


def message(title: Words, sentence: Text, *foot: Words, tone: Tone = Tone.PLAIN) -> Sheet:
    """A page that says one thing: title, sentence, and below it in turns what to do, and where we are."""
    head = Head(title, Look.RULED, tone=tone)
    return Sheet(heads=(head,), main=Sentence(sentence), lines=lines(*foot))


def person(head: Head, conversation: Conversation | None, foot: Text = NOTHING) -> Sheet:
    """Whom a call is with, large, and below it what else is known: title of a group conference, else number."""
    who, more = names(conversation)
    return Sheet(heads=(head,), main=Name(who), lines=lines(more, foot), centred=True)


def names(conversation: Conversation | None) -> tuple[str, Words]:
    """The person of a conversation as it is shown, and the title of the group or the number behind a name, if any."""
    if conversation is None:
        return "", ""
    peer = conversation.peer or Person("")
    if conversation.group:
        return label(peer) or conversation.owner, conversation.title or Text("display.group")
    who = label(peer)
    return who, peer.peer_id if who != peer.peer_id else ""


def header(text: Text, *, lit: bool = False, tone: Tone = Tone.PLAIN, spare: bool = False) -> Head:
    """What is going on, in a bar on top: dark on light, or light on dark."""
    return Head(text, Look.BAR, lit=lit, tone=tone, spare=spare)


def lines(*texts: Words) -> tuple[Label, ...]:
    """A line for each of `texts` that says anything."""
    return tuple(Label(text) for text in texts if text)


def still(*texts: Words) -> tuple[Label, ...]:
    """The same; what is too long for its line ends with "…" and does not scroll."""
    return tuple(Label(text, still=True) for text in texts if text)


def silent(state: RoomState) -> Mark | None:
    """The mark of a microphone that is off, or of which that is not known."""
    if state.mic_muted is None:
        return Mark(icons.MICROPHONE_UNKNOWN, Text("spoken.mic_unknown"))
    return Mark(icons.MICROPHONE_MUTED, Text("spoken.mic_off"), tone=Tone.ALARM) if state.mic_muted else None


def microphone(state: RoomState) -> Bar:
    """The bar at the foot of every page in a call: muted is loud, not known has a look of its own."""
    if state.mic_muted:
        text, says = _muted(state)
        return Bar(Mark(icons.MICROPHONE_MUTED, says, tone=Tone.ALARM), text, lit=True)
    if state.mic_muted is None:
        unknown = Mark(icons.MICROPHONE_UNKNOWN, Text("spoken.mic_unknown"))
        return Bar(unknown, Text("display.mic_unknown"), outlined=True)
    return Bar(Mark(icons.MICROPHONE, Text("spoken.mic_on"), tone=Tone.GOOD), Text("display.mic_on"))


def _muted(state: RoomState) -> tuple[Text, Text]:
    if hold.confirmed(state):
        return Text("display.on_hold"), Text("spoken.on_hold")
    if Muted.MIC in state.muted_by_owner:
        return Text("display.mic_muted_by_owner"), Text("spoken.mic_off_by_owner")
    return Text("display.mic_muted"), Text("spoken.mic_off")
