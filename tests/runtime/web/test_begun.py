"""A stream that is read again from its beginning."""

import h11
import trio
import trio.testing
from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime.web.begun import Begun, text_of

HEAD = b"GET /a?b=%20 HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\r\n"


@given(st.binary(max_size=40), st.binary(max_size=40), st.none() | st.integers(1, 50))
def test_what_is_read_is_the_beginning_and_then_the_stream(beginning: bytes, rest: bytes, most: int | None) -> None:
    async def read() -> bytes:
        theirs, ours = trio.testing.memory_stream_pair()
        await theirs.send_all(rest)
        await theirs.send_eof()
        begun, heard = Begun(ours, beginning), b""
        while part := await begun.receive_some(most):
            assert most is None or len(part) <= most
            heard += part
        return heard

    assert trio.run(read) == beginning + rest


async def test_what_is_sent_and_the_end_go_to_the_stream() -> None:
    theirs, ours = trio.testing.memory_stream_pair()
    begun = Begun(ours, b"")
    await begun.wait_send_all_might_not_block()
    await begun.send_all(b"said")
    await begun.aclose()
    assert await theirs.receive_some() == b"said"
    assert await theirs.receive_some() == b""


def test_a_head_is_sent_as_it_was_read() -> None:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(HEAD)
    request = connection.next_event()
    assert isinstance(request, h11.Request)
    assert text_of(request) == HEAD
