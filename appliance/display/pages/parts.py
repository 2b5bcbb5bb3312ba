"""What several pages have in common."""

from PIL import Image

from appliance.display import icons
from appliance.display.canvas import HEIGHT, WIDTH, Canvas
from appliance.display.fonts import BODY, HEAD, LARGE, SMALL
from appliance.display.text import label
from appliance.language.text import NOTHING, Text
from appliance.room import hold
from appliance.room.state import Asked, Conversation, Muted, Person, RoomState

BAR_TOP = HEIGHT - 16  # the microphone bar takes the last 16 rows
FOOT_TOP = HEIGHT - SMALL.height
_GAP = 3


def message(canvas: Canvas, title: Text | str, sentence: Text, foot: Text | str) -> None:
    """A page that says one thing: title, sentence, and one small line of what to do or where we are."""
    canvas.line(0, 0, title, HEAD)
    canvas.rule(HEAD.height)
    canvas.paragraph(HEAD.height + 3, FOOT_TOP - HEAD.height - 3, sentence, (BODY,))
    canvas.line(0, FOOT_TOP, foot, SMALL)


def person(canvas: Canvas, conversation: Conversation | None, foot: Text = NOTHING) -> None:
    """Whom a call is with, large, and below it what else is known: title of a group conference, else number."""
    who, more = names(conversation)
    canvas.line(0, 14, who, LARGE, centred=True)
    if more:
        canvas.line(0, 34, more, BODY, centred=True)
    if foot:
        canvas.line(0, FOOT_TOP, foot, SMALL, centred=True)


def names(conversation: Conversation | None) -> tuple[str, Text | str]:
    """The person of a conversation as it is shown, and the title of the group or the number behind a name, if any."""
    if conversation is None:
        return "", ""
    peer = conversation.peer or Person("")
    if conversation.group:
        return label(peer) or conversation.owner, conversation.title or Text("display.group")
    who = label(peer)
    return who, peer.peer_id if who != peer.peer_id else ""


def header(canvas: Canvas, text: Text, *, lit: bool) -> None:
    """What is going on, in a bar on top: dark on light, or light on dark."""
    canvas.box(0, BODY.height, filled=lit)
    canvas.line(2, 0, text, BODY, width=WIDTH - 4, centred=True, ink=0 if lit else 1)


def asked(canvas: Canvas, what: Asked, height: int) -> None:
    """What the terminal was asked for and has not confirmed, in place of the first `height` pixels of a page."""
    canvas.clear(height)
    header(canvas, what.text, lit=False)


def microphone(canvas: Canvas, state: RoomState) -> None:
    """The bar at the foot of every page in a call: muted is loud, not known has a look of its own."""
    if state.mic_muted:
        canvas.box(BAR_TOP, 16, filled=True)
        _labelled(canvas, icons.MICROPHONE_MUTED, *_muted(state), ink=0)
    elif state.mic_muted is None:
        canvas.box(BAR_TOP, 16, filled=False)
        _labelled(canvas, icons.MICROPHONE_UNKNOWN, Text("display.mic_unknown"), Text("spoken.mic_unknown"), ink=1)
    else:
        _labelled(canvas, icons.MICROPHONE, Text("display.mic_on"), Text("spoken.mic_on"), ink=1)


def _muted(state: RoomState) -> tuple[Text, Text]:
    if hold.confirmed(state):
        return Text("display.on_hold"), Text("spoken.on_hold")
    if Muted.MIC in state.muted_by_owner:
        return Text("display.mic_muted_by_owner"), Text("spoken.mic_off_by_owner")
    return Text("display.mic_muted"), Text("spoken.mic_off")


def _labelled(canvas: Canvas, icon: Image.Image, text: Text, says: Text, *, ink: int) -> None:
    canvas.icon(3, BAR_TOP + 3, icon, says, ink=ink)
    canvas.line(3 + icon.width + _GAP, BAR_TOP, text, HEAD, ink=ink, says=NOTHING)
