"""Words and lines that every reader shares: headings, labels, phrases."""
