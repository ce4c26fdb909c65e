"""How files are opened, written and renamed, so that a crash or a full disk leaves whole ones."""
