from streaming.admin import cloud, inputs, live, overrides, recordings, streams

__all__ = ["cloud", "inputs", "live", "overrides", "recordings", "streams"]
