"""One layer: what it reads, its kernels, its maps."""
