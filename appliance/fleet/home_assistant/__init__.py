"""Home Assistant finds the room by itself: one message on the broker says what the box is and has.

The message is device-based discovery (Home Assistant 2024.12 and later). It says topics and templates only: what is
shown is what the room's own topics say, and what is asked goes through the room's own `action`, so there is nothing
here that could differ from them.
"""
