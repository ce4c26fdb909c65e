"""The networks of the course as plain `nn.Module`s, their registry and their weights files."""
