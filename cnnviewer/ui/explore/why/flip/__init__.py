"""What would change the answer: the smallest change that is found, or a stroke of one's own."""
