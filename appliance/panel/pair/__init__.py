"""Pairing: a code that somebody reads in the room lets a screen, or a phone, touch the room from then on."""
