"""USB speakerphones and headsets: hook, mute and volume keys, and lamps, through HID telephony (hidraw)."""
