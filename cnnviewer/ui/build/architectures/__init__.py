"""The architectures page: models side by side, from LeNet to VGG19."""
