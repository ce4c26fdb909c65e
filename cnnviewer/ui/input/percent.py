"""Probabilities in words."""


def percent(probability: float) -> str:
    """One decimal, without the sign; never a 0.0 or a 100.0 that is not one: `<0.1`, `>99.9`."""
    if probability != probability:
        return "?"
    if 0 < probability < 0.0005:
        return "<0.1"
    if 0.9995 <= probability < 0.999999:
        return ">99.9"
    return f"{probability * 100:.1f}"
