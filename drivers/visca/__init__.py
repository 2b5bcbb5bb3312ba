"""VISCA: a joystick on a serial line moves the room's camera, which we are to it."""

from drivers.visca.actions import Action, Drive, DriveTo, Home
from drivers.visca.fake import VirtualSerial
from drivers.visca.joystick import ViscaCamera
from drivers.visca.profile import Position
from drivers.visca.serial_port import SerialConfig

__all__ = ["Action", "Drive", "DriveTo", "Home", "Position", "SerialConfig", "VirtualSerial", "ViscaCamera"]
