"""The page Trust: what a map owes to the model, and whether it names the pixels that matter."""
