"""The camera models that we can appear as and drive, by their names in the configuration.

Sources: Sony's command lists of each model; PTZOptics VISCA over IP command list; the model numbers that obs-ptz knows.
The same part of a range is
about the same place on each, which is what makes it possible to translate from one to another.
"""

from collections.abc import Mapping
from typing import Literal

from drivers.visca.model.profile import Profile, Range

Model = Literal["evi-d70", "evi-d80", "evi-d100", "brc-300", "brc-h700", "brc-x400", "ptzoptics", "generic"]

EVI_D70 = Profile(
    vendor=0x0001,
    model=0x040E,
    rom=0x0001,
    pan=Range(-0x08DB, 0x08DB),  # F725 to 08DB: 170 degrees to either side
    tilt=Range(-0x0190, 0x04B0),  # FE70 to 04B0: 30 degrees down to 90 degrees up
    tilt_speed=0x14,  # the lowest maximum of its family, so that full speed is full speed from every controller
    presets=6,
)
EVI_D80 = Profile(  # and EVI-D90
    vendor=0x0001,
    pan=Range(-0x1E1B, 0x1E1B),  # E1E5 to 1E1B
    tilt=Range(-0x038B, 0x0FF0),  # FC75 to 0FF0
    presets=6,
)
EVI_D100 = Profile(
    vendor=0x0001,
    model=0x040D,
    pan=Range(-0x05A0, 0x05A0),  # FA60 to 05A0
    tilt=Range(-0x0168, 0x0168),  # FE98 to 0168
    presets=6,
)
BRC_300 = Profile(
    vendor=0x0001,
    model=0x040F,
    pan=Range(0x08A58, -0x08A58),  # 08A58 is the left end, F75A8 the right
    tilt=Range(-0x186A, 0x493D),  # E796 to 493D
    tilt_speed=0x18,
    long_pan=True,
    tilt_speed_in_moves=False,
    presets=6,
)
BRC_H700 = Profile(
    vendor=0x0001,
    model=0x0501,
    pan=BRC_300.pan,
    tilt=BRC_300.tilt,
    tilt_speed=0x18,
    long_pan=True,
    tilt_speed_in_moves=False,
)
BRC_X400 = Profile(  # and the SRG family
    vendor=0x0001,
    model=0x051C,
    pan=Range(-0x2200, 0x2200),  # DE00 to 2200: 170 degrees to either side
    tilt=Range(-0x0400, 0x1200),  # FC00 to 1200: 20 degrees down to 90 degrees up
    tilt_speed=0x17,
    tilt_speed_in_moves=False,
)
PTZOPTICS = Profile(
    pan=Range(-0x0990, 0x0990),  # F670 to 0990: 170 degrees to either side
    tilt=Range(-0x01B0, 0x0510),  # FE50 to 0510: 30 degrees down to 90 degrees up
    presets=90,  # 00 to 59 (hexadecimal); it keeps the numbers above to itself
)
GENERIC = Profile(pan=EVI_D70.pan, tilt=EVI_D70.tilt)  # most of those that name no model copy the EVI-D70

MODELS: Mapping[Model, Profile] = {
    "evi-d70": EVI_D70,
    "evi-d80": EVI_D80,
    "evi-d100": EVI_D100,
    "brc-300": BRC_300,
    "brc-h700": BRC_H700,
    "brc-x400": BRC_X400,
    "ptzoptics": PTZOPTICS,
    "generic": GENERIC,
}
