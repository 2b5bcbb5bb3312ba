"""A small display on the I2C or SPI bus: black and white, grey or in colour; see `panels.py` for which."""
