"""What people touch and the room: buttons, knobs, keypads, readers, speakerphones, and a sensor of presence."""
