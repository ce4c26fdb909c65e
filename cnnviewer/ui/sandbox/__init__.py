"""The convolution sandbox: a small input, a window that slides over it, and every number on the way."""
