"""What the files of a run's folder are called."""

from typing import Final

RUN_FILE: Final = "run.json"
NOTES_FILE: Final = "notes.json"
CHECKPOINT: Final = "checkpoint.safetensors"
BEST: Final = "best.safetensors"
WEIGHTS: Final = "weights.safetensors"
