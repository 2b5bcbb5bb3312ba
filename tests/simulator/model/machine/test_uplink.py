from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client

ROOM = "room3@meet.example.com"


async def test_who_and_where_the_terminal_is(client: Client, simulator: Simulator) -> None:
    assert (await client.do("getLogin"))["peerId"] == ROOM
    connected = await client.do("getConnected")
    assert (connected["state"], connected["serverInfo"]["port"]) == (2, 4307)
    state = await client.do("getAppState")
    assert (state["appState"], state["embeddedHttpPort"]) == (3, str(simulator.ports.http))
    assert "requests" not in state
    assert (await client.do("getSystemInfo"))["authInfo"]["peerId"] == ROOM
    assert (await client.do("getMonitorsInfo"))["currentMonitor"] == 0


async def test_logging_out_and_in(client: Client) -> None:
    await client.do("logout")
    out, _ = await client.events("logout", "appStateChanged 2")
    assert (out["result"], out["cause"]) == (0, 0)
    assert "peerId" not in await client.do("getLogin")
    assert "authInfo" not in await client.do("getSystemInfo")
    assert "appState 2" in await client.refused("call", peerId="100")
    for login, password, result in (("nobody", "x", 2), ("room3", "x", 3), ("room3", "room3", 0), ("room3", "", 1)):
        await client.do("login", login=login, password=password)
        assert (await client.event("login"))["result"] == result
        if result == 0:
            await client.events("appStateChanged 3", "abReceivedAfterLogin")


async def test_connecting_to_another_server(client: Client) -> None:
    await client.do("connectToServer", server="192.0.2.99", port=4310)
    _, connected, *_ = await client.events(
        "appStateChanged 1",
        "serverConnected",
        "appStateChanged 2",
        "login",
        "appStateChanged 3",
        "abReceivedAfterLogin",
    )
    assert (connected["server"], connected["port"], connected["service"]) == ("192.0.2.99", 4310, False)


async def test_without_automatic_login(client: Client) -> None:
    await client.do("setSettings", settings={"enableAutologin": False})
    await client.do("connectToService")
    assert (await client.event("serverConnected"))["service"] is True
    await client.events("appStateChanged 2")
    await client.quiet()


async def test_losing_the_server(client: Client, simulator: Simulator) -> None:
    simulator.peer("100").call()
    await client.do("accept")
    await client.event("usersStatusesChanged")
    simulator.lose_server()
    await client.event("conferenceDeleted")
    await client.events("appStateChanged 1", "usersStatusesChanged", "serverDisconnected", "appStateChanged 0")
    assert (await client.do("getConnected"))["state"] == 0
    simulator.restore_server()
    await client.event("appStateChanged", appState=3)
    simulator.peer("100").call()
