"""The files of a run's folder: what stands in each, read and written."""
