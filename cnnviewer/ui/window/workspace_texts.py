"""The names of the workspaces in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def workspace_texts() -> tuple[tuple[str, str], ...]:
    """Name and tool tip of each workspace, in the order of `frame.WORKSPACES`."""
    translate = QCoreApplication.translate
    return (
        (
            translate("Workspaces", "Explore"),
            translate("Workspaces", "The network, and why every number in it is what it is"),
        ),
        (translate("Workspaces", "Train"), translate("Workspaces", "Train the model and watch it learn")),
        (translate("Workspaces", "Evaluate"), translate("Workspaces", "Where the model is right, and where it fails")),
        (translate("Workspaces", "Compare"), translate("Workspaces", "Runs, their steps and sweeps side by side")),
        (
            translate("Workspaces", "Build"),
            translate("Workspaces", "Put a network of your own together; architectures side by side"),
        ),
        (
            translate("Workspaces", "Sandbox"),
            translate("Workspaces", "Try out kernels, strides, padding and pooling on a small input"),
        ),
    )
