"""Posts, missions, education: what was done, when, for whom."""
