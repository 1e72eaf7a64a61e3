"""Outside collections: people and requests as lines of a file, ranked in memory, nothing stored."""
