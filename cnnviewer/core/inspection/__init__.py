"""What is inside a network: its layers, activations, kernels and receptive fields."""
