"""An inventory for tests: two rooms of one kind, in one building."""

INVENTORY = """\
[all.config.fleet]
url = "https://rooms.example.com"
signers = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB2v6y9ZR0zHxU4bE7k5Jm4DdN1xT8m0Jt0kz7f0gS2w fleet"]

[all.config.terminal]
pin = { secret = "pin" }

[sites.riga.config.time]
zone = "Europe/Riga"

[buildings.north]
site = "riga"
config.room.contact = "reception@${site}.example.com"

[kinds.huddle.config.buttons.call]
pin = 17
press = "call"

[kinds.huddle.config.lamps.busy]
pin = 5
shows = "in_call"

[rooms.neptune]
building = "north"
kind = "huddle"
machine = "7e14b5d4f45c7c9dfefd"
config.room.name = "Neptune"
config.terminal.host = "192.0.2.20"

[rooms.pluto]
building = "north"
kind = "huddle"
without = ["lamps.busy"]
config.room.name = "Pluto of ${building}"
config.terminal = { host = "192.0.2.21", pin = { secret = "pluto" } }
config.buttons.call.pin = 27
"""

SECRETS = {"pin": "FA6", "pluto": "B07"}
