"""Tables and arrays to files, atomically."""
