"""What stands in room.toml."""

ROOM = """[room]
name = "Neptune"
contact = "100@meet.example.com"

[terminal]
host = "10.0.2.2"
web_port = {web}
pin = "FA6"

[ssh]
keys = ["{key}"]

[time]
zone = "Europe/Moscow"

[buttons.call]
pin = 17
press = "call"

[lamps.link]
pin = 19

[keypads.keypad]

[display]
bus = 0
"""
PIN = "FA6"
THREE_MISTAKES = {
    'press = "call"': 'press = "kall"',
    'zone = "Europe/Moscow"': 'zone = "Europe/Moskau"',
    "bus = 0": "buss = 0",
}


def room(web: int, key: str) -> str:
    """A right one."""
    return ROOM.format(web=web, key=key)


def with_three_mistakes(text: str) -> str:
    """A button, the time and the display each have one."""
    for right, wrong in THREE_MISTAKES.items():
        text = text.replace(right, wrong)
    return text
