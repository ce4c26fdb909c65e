"""Explore: the network, its kernels, the arithmetic of every number."""
