"""The pages: HTML that works without script, each rendered from one frozen context."""
