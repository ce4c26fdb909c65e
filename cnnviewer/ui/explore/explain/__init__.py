"""The panel that explains one number: its arithmetic, its formula, its code, and what the operation does."""
