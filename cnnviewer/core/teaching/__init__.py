"""Questions on the real numbers of a layer: asked, answered by the user, checked with the reason. No torch, no Qt."""
