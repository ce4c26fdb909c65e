"""Why the answer: maps of the image, channels, how far they can be trusted, what would change it."""
