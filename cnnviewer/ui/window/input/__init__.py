"""What goes into the model and what comes out: drawing, data set, file, the input lens, the prediction."""
