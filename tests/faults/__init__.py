"""Standing up to faults: killed, twice at once, full, stale, hostile."""
