"""Train: settings, curves, progress, log."""
