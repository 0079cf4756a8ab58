"""kopanalyse: from raw case registrations of Dutch social work to trustworthy indicators and readable reports."""
