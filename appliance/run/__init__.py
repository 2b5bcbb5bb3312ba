"""One room, built and run: on the machine's own hardware, on virtual hardware, or as the demo."""
