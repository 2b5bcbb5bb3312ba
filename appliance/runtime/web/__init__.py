"""Web pages and their JSON, for the panel and for whatever else serves pages: server, guard, answers, static files."""

from appliance.runtime.web.server import ListenError, serve_web

__all__ = ["ListenError", "serve_web"]
