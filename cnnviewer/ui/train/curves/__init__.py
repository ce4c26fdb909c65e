"""Loss and accuracy as they come: curves of a million points that pan and zoom without a hitch."""
