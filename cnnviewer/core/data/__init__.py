"""Data sets as uint8 tensors: real ones, generated ones and the user's own."""
