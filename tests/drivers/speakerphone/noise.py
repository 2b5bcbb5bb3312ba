"""Items of a report descriptor in any order, for hypothesis."""

from hypothesis import strategies as st

items = st.builds(
    lambda prefix, data: bytes([prefix & ~3 | (0, 1, 2, 2, 3)[len(data)]]) + (data + b"\0" if len(data) == 3 else data),
    st.sampled_from(
        [0x04, 0x14, 0x24, 0x74, 0x84, 0x94, 0xA4, 0xB4, 0x08, 0x18, 0x28, 0xA8, 0x80, 0x90, 0xB0, 0xA0, 0xC0]
    ),
    st.binary(max_size=4).filter(lambda data: len(data) != 3),
)
item_lists = st.lists(items, max_size=60).map(b"".join)
