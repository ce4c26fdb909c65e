"""The architectures page: models side by side, from LeNet to ResNet-18."""
