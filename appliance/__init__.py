"""The firmware: one room, one TrueConf Room terminal, the hardware on the wall."""
