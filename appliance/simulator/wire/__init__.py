"""What clients connect to: WebSocket frames, HTTP, the ports, and what can go wrong between."""
