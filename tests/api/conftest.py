from tests.runtime.web.serving import Serve, serve

__all__ = ["Serve", "serve"]
