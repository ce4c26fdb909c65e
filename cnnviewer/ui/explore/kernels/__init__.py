"""The learned kernels of a layer as tiles of colour and number, with the distribution of its weights."""
