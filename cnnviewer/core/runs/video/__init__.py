"""A run as a video: kernels, feature maps and prediction of one image over the training."""
