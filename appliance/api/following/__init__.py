"""Programs that follow the room: what each is told, in which order, over server-sent events or a WebSocket."""
