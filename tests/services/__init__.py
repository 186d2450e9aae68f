"""Real private processes for tests: each on a port of its own, in a folder of its own, stopped by its pid."""
