"""cnnviewer: train a small convolutional network, watch it learn and look inside every layer."""

from cnnviewer.first_interrupt import begin_as_program

begin_as_program()  # before anything else is loaded

__version__ = "0.1.0"  # a build puts its git tag's version here (release/version.py)
