"""What any long-running program needs and no room: services kept up, values followed, files, logs, a web server."""
