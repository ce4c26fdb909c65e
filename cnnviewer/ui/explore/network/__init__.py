"""The network view: every layer of a model as a column of feature maps, from the image to the probabilities."""
