"""The room's meetings: what its calendars say, what was decided about that here, and which one is on."""
