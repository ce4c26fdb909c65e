"""Why a number is what it is: the arithmetic of one cell of one layer, from the values that PyTorch used."""
