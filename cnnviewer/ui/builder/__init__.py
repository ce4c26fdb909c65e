"""The builder: a model of one's own, edited layer by layer."""
