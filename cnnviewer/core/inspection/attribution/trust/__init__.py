"""Whether an attribution map depends on what the model learned, and whether it names the pixels that matter."""
