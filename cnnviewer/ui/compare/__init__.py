"""Runs, or snapshots of them, side by side."""
