"""What other programs may ask of the room, whichever way they ask: which of it is taken, and how it is answered.

An action over MQTT, one over HTTP, and a change of the terminal's settings are judged by the same rules. What is taken
is done by `appliance/services/programs/doing.py`.
"""
