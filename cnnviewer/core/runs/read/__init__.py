"""Runs that are read: listed, opened, followed; their history, timeline and curves."""
