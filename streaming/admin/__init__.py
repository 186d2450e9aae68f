from streaming.admin import cloud, live, streams

__all__ = ["cloud", "live", "streams"]
