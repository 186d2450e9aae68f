from streaming.admin import cloud, inputs, live, overrides, streams

__all__ = ["cloud", "inputs", "live", "overrides", "streams"]
