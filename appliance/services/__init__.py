"""One small module for each thing that runs: the only place that knows both a driver (or the link) and the room."""
