"""The room and what shows it or is switched by it: lamps, bars, displays, tones, relays and screens."""
