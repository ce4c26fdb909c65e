"""The list of runs: searched, renamed, resumed, branched, deleted with a way back."""
