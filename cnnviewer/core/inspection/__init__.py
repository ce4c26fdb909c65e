"""What is inside a network: its traced layers, activations, kernels and receptive fields."""
