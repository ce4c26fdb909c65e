"""The builder: a model of the user's own, edited layer by layer."""
