"""Packets as bytes and back: the one module that knows the library beneath, `mqtt5`; another can take its place.

Traps of mqtt5 0.8, measured: its enumerations are true whatever their value and equal to numbers, but no `int`, so
that they are turned into numbers here; "more bytes are needed" is an `IndexError` and garbage a `ValueError`. It is
given whole packets only (`reader` cuts them out), so that both mean garbage here. Text that is no UTF-8 makes its Rust
panic, which arrives as a `PanicException`: a `BaseException`, which would end the whole process.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import mqtt5

from appliance.fleet.mqtt.link import packets
from appliance.fleet.mqtt.link.packets import Packet, ProtocolError

_PANIC: Final = "PanicException"  # of PyO3, which has no name that could be imported
_QOS: Final = (mqtt5.QoS.AT_MOST_ONCE, mqtt5.QoS.AT_LEAST_ONCE)


def encode(packet: Packet) -> bytes:
    """Returns the bytes of a packet that a client says. Raises `ValueError` for a topic or a length that is none."""
    try:
        return bytes(_ENCODERS[type(packet)](packet).write())
    except OverflowError as error:  # a number too large for its field
        raise ValueError(str(error)) from None


def decode(frame: bytes | bytearray) -> Packet:
    """Returns the packet that a broker says by these bytes, all of them. Raises `ProtocolError`."""
    try:
        packet, length = mqtt5.read(memoryview(frame))
    except (IndexError, ValueError, OverflowError) as error:
        raise ProtocolError(f"unreadable packet: {error}") from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise ProtocolError("unreadable packet: text that is no UTF-8") from None
    decoder = _DECODERS.get(type(packet).__name__)
    if decoder is None or length != len(frame):
        raise ProtocolError(f"unexpected packet: {type(packet).__name__}")
    return decoder(packet)


def _connect(packet: packets.Connect) -> mqtt5.ConnectPacket:
    will = packet.will
    return mqtt5.ConnectPacket(
        packet.client_id,
        username=packet.user,
        password=packet.password,
        clean_start=packet.clean_start,
        will=None
        if will is None
        else mqtt5.Will(
            will.topic, payload=will.payload, qos=_QOS[1], retain=will.retain, will_delay_interval=will.delay
        ),
        keep_alive=packet.keepalive,
        session_expiry_interval=packet.session_expiry,
        receive_max=packet.receive_maximum,
        max_packet_size=packet.packet_maximum,
    )


def _publish(packet: packets.Publish) -> mqtt5.PublishPacket:
    return mqtt5.PublishPacket(
        packet.topic,
        packet.payload,
        qos=_QOS[packet.qos],
        retain=packet.retain,
        packet_id=packet.packet_id,
        duplicate=packet.duplicate,
        message_expiry_interval=packet.expires,
        content_type=packet.content_type,
        correlation_data=packet.correlation,
    )


def _puback(packet: packets.Puback) -> mqtt5.PubAckPacket:
    return mqtt5.PubAckPacket(packet.packet_id)


def _subscribe(packet: packets.Subscribe) -> mqtt5.SubscribePacket:
    return mqtt5.SubscribePacket(packet.packet_id, [_filter(each) for each in packet.filters])


def _filter(wanted: packets.Filter) -> mqtt5.TopicFilter:
    kept = mqtt5.RetainHandling.SEND_ALWAYS if wanted.kept else mqtt5.RetainHandling.SEND_NEVER
    return mqtt5.TopicFilter(
        wanted.pattern,
        max_qos=_QOS[wanted.qos],
        no_local=not wanted.own,
        retain_as_published=wanted.as_published,
        retain_handling=kept,
    )


def _unsubscribe(packet: packets.Unsubscribe) -> mqtt5.UnsubscribePacket:
    return mqtt5.UnsubscribePacket(packet.packet_id, list(packet.patterns))


def _ping(_packet: packets.Ping) -> mqtt5.PingReqPacket:
    return mqtt5.PingReqPacket()


def _disconnect(_packet: packets.Disconnect) -> mqtt5.DisconnectPacket:
    return mqtt5.DisconnectPacket()


_ENCODERS: Final[Mapping[type[Packet], Callable[[Any], Any]]] = {
    packets.Connect: _connect,
    packets.Publish: _publish,
    packets.Puback: _puback,
    packets.Subscribe: _subscribe,
    packets.Unsubscribe: _unsubscribe,
    packets.Ping: _ping,
    packets.Disconnect: _disconnect,
}


def _connack(packet: mqtt5.ConnAckPacket) -> Packet:
    return packets.Connack(
        session_present=packet.session_present,
        code=int(packet.reason_code),
        reason=packet.reason_str or _words(packet.reason_code),
        keepalive=packet.server_keep_alive,
        session_expiry=packet.session_expiry_interval,
        receive_maximum=packet.receive_max,
        packet_maximum=packet.max_packet_size,
        qos_maximum=int(packet.max_qos),
        retains=packet.retain_available,
    )


def _published(packet: mqtt5.PublishPacket) -> Packet:
    if int(packet.qos) > 1:
        raise ProtocolError("a message of QoS 2, which nobody asked for")
    return packets.Publish(
        packet.topic,
        bytes(packet.payload),
        int(packet.qos),
        packet.retain,
        packet.packet_id,
        packet.duplicate,
        packet.message_expiry_interval,
        packet.content_type,
        packet.response_topic,
        None if packet.correlation_data is None else bytes(packet.correlation_data),
        packet.topic_alias,
    )


def _acknowledged(packet: mqtt5.PubAckPacket) -> Packet:
    return packets.Puback(packet.packet_id, int(packet.reason_code), packet.reason_str or _words(packet.reason_code))


def _subscribed(packet: mqtt5.SubAckPacket) -> Packet:
    return packets.Suback(packet.packet_id, tuple(map(int, packet.reason_codes)))


def _unsubscribed(packet: mqtt5.UnsubAckPacket) -> Packet:
    return packets.Unsuback(packet.packet_id)


def _pong(_packet: mqtt5.PingRespPacket) -> Packet:
    return packets.Pong()


def _disconnected(packet: mqtt5.DisconnectPacket) -> Packet:
    return packets.Disconnect(int(packet.reason_code), packet.reason_str or _words(packet.reason_code))


def _words(code: object) -> str:
    """Returns the name of a code of the standard as words."""
    return str(getattr(code, "name", code)).lower().replace("_", " ")


_DECODERS: Final[Mapping[str, Callable[[Any], Packet]]] = {
    "ConnAckPacket": _connack,
    "PublishPacket": _published,
    "PubAckPacket": _acknowledged,
    "SubAckPacket": _subscribed,
    "UnsubAckPacket": _unsubscribed,
    "PingRespPacket": _pong,
    "DisconnectPacket": _disconnected,
}
