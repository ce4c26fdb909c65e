"""cnnviewer: train a small convolutional network, watch it learn and look inside every layer."""

__version__ = "0.1.0"  # a build puts its git tag's version here (release/version.py)
