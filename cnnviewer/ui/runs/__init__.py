"""The list of runs: searched, renamed, gone on with, branched, deleted with a way back."""
