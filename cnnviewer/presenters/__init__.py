"""Presenters, one per feature: they turn what the user does into requests, and results into view updates."""
