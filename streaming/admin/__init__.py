from streaming.admin import cloud, live, overrides, streams

__all__ = ["cloud", "live", "overrides", "streams"]
