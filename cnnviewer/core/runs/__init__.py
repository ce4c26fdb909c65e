"""A training as a folder: recorded as it happens, gone on with, followed, compared."""
