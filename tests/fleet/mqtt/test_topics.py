from appliance.fleet.mqtt import topics
from appliance.fleet.mqtt.topics import TABLE, Names, table

NAMES = Names("hq", "neptune")


def test_names_are_below_the_rooms_own() -> None:
    assert NAMES.of(topics.CALL) == "offhook/hq/neptune/view/call"
    assert NAMES.event("button") == "offhook/hq/neptune/event/button"


def test_every_topic_is_its_own_and_short_enough_for_every_broker() -> None:
    names = [NAMES.of(topic) for topic in TABLE]
    assert len(set(names)) == len(names)
    assert max(name.count("/") for name in names) <= 5


def test_what_a_broker_keeps_is_state_and_what_it_does_not_keep_has_a_time() -> None:
    assert {topic.name for topic in TABLE if not topic.retain} == {"event/KIND", "answer", "action"}
    assert all((topic.lives is None) is topic.retain for topic in TABLE)
    assert [topic for topic in TABLE if topic.way == "in"] == [topics.ACTION]


def test_the_table_for_people_has_every_topic() -> None:
    lines = list(table())
    assert len(lines) == len(TABLE) + 2
    assert "| `availability` | 1 | yes | until the next |" in lines[2]
