"""Data sets as uint8 tensors: real ones, generated ones and a person's own."""
