"""Sound and picture: devices, mutes, camera, monitors, video layout, slides, sharing, sound tests."""
