"""Runs, or moments of them, side by side."""
