"""Pictures from outside, drawings and photos: read safely, made into a model's input. No torch, no Qt."""
