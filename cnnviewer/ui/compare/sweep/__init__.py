"""Many trainings one after the other, and what became of them."""
