"""Bars of addressable LEDs on SPI."""
