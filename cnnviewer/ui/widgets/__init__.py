"""Widgets and base classes that several workspaces use."""
