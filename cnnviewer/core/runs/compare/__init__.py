"""Runs, or snapshots of runs, side by side."""
