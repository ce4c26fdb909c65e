"""The ladder: models side by side, from LeNet to VGG19."""
