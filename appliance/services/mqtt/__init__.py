"""The room and an MQTT broker: what `appliance.fleet.mqtt` says and hears, joined to the room."""
