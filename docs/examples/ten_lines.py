"""The smallest client: calls somebody, and prints what the terminal says. See docs/terminal/program.md."""

import trio

from appliance.terminal import connect


async def main(host: str, peer_id: str, **options) -> None:
    async with connect(host, pin="FA6", **options) as room:
        with room.events() as events:
            await room.calls.call(peer_id)
            async for event in events:
                print(event)


if __name__ == "__main__":
    trio.run(main, "192.0.2.10", "bob@example.com")
