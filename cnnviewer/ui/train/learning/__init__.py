"""What a model is learning, live: the kernels of a convolution and the maps of the first and the last ReLU."""
