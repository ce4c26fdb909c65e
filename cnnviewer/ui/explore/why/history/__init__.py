"""The answer to the image at every kept step of the run: when it was learned."""
