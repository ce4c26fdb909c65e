"""Questions on the real numbers of a layer: asked, answered by a person, checked with the reason. No torch, no Qt."""
