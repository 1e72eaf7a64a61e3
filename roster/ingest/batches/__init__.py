"""Many files at once, each by itself, resumed after a crash."""
