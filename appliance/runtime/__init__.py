"""What any long-running trio program needs and no room: services kept up, values followed, logs, a web server."""
