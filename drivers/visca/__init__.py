"""VISCA: a joystick on a serial line moves the room's camera, which we are to it."""
