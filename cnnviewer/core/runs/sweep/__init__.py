"""Sweeps: one training for each combination of settings."""
