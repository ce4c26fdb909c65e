"""Which pixels of an image a model's answer rests on."""
