"""What the weights shown get right and wrong: the confusion matrix."""
