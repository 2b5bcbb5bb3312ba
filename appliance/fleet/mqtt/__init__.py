"""MQTT 5: the room as topics of any broker, and actions that come back.

`link/` is the client and knows no room. The modules beside this one know the room and not the network: `topics` is the
one table of all topics, `parts` the room in parts; what may be asked is in `appliance/programs`.
`appliance/services/mqtt` joins both.
Only the service imports `link`, and only where there is `[mqtt]`: whoever has no broker pays nothing for it.
"""
