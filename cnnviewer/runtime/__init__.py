"""Threads, slots and timers: QtCore only, no widgets."""
