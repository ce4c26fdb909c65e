"""Tables, arrays and pictures as the bytes of files for other programs."""
