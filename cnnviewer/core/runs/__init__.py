"""Runs: trainings recorded as folders, to resume, follow and compare."""
