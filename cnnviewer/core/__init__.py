"""What a CNN is, how it learns and what is inside it. No Qt: importable on a server."""
