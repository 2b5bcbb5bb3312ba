"""A room that speaks as its terminal does."""

from appliance.room.parts.link import LinkPhase
from tests.e2e.world import a_room


async def test_a_room_follows_the_language_of_its_terminal(clock: object) -> None:
    async with a_room(room='language = "auto"') as world:
        spoken = world.appliance.parts.language
        await world.until(lambda state: state.language == "en")
        with world.simulator.changing() as terminal:
            terminal.settings.change({"language": "ru"}, logged_in=True)
        await world.until(lambda state: state.language == "ru")
        assert spoken.code == "ru"

        world.simulator.drop()
        await world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        assert world.state.language == ""
        assert spoken.say(world.state.link.reason) == "Соединение с терминалом прервано"
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        assert world.state.language == spoken.code == "ru"
