"""What a fuzzer does to the terminal's frames: any bytes are a message or a `ProtocolError`, and no other exception."""

from appliance.terminal.messages import ProtocolError, ReplyFrame, decode, decode_as, every
from appliance.terminal.messages.base import COMMAND_TYPES

KINDS = every  # imported so that all kinds of messages are known


def one_frame(data: bytes) -> None:
    """Reads a frame as the client does; a reply as that to the command that it names."""
    try:
        message = decode(data)
        if isinstance(message, ReplyFrame) and message.method in COMMAND_TYPES:
            decode_as(COMMAND_TYPES[message.method].reply, message.raw)
    except ProtocolError:
        return
