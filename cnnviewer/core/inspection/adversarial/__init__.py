"""Small changes of an image that change a model's answer."""
