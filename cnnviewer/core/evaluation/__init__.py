"""Models on labelled images: accuracy, confusion matrix, predictions of every test image."""
