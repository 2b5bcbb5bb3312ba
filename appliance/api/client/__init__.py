"""A client of the interface for programs: trio, the types of the server itself, one method for each operation.

For programs beside the box and elsewhere, with this package installed:

    from appliance.api.client.client import Client

    async def main() -> None:
        room = Client("https://box.example.com:8443", token="…")
        print((await room.view()).view.phase)

`operations.py` is written by `make docs` out of the server's table of operations, so that neither has what the other
lacks.
"""
