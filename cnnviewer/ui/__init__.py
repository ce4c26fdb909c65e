"""Widgets: values in, signals out. No torch, no threads, no files."""
