"""The page Calibration of Evaluate: whether probabilities can be believed, and what is unfamiliar."""
