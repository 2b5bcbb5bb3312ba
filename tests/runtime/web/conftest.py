from tests.runtime.web.serving import serve

__all__ = ["serve"]
