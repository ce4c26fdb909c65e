"""The skeletons of the ten digits as people write them: control points, and the strokes that join them.

A glyph stands in a box about 0.6 wide and 1 high, x to the right, y down. A stroke is a smooth curve through its
points; strokes that share a point meet in a corner there, wherever a hand moves it.
"""

from __future__ import annotations

from dataclasses import dataclass

Stroke = tuple[int, ...]


@dataclass(frozen=True)
class Glyph:
    """One way to write one digit.

    Attributes:
        points: control points `(x, y)`.
        strokes: indices into `points`, in the order of the pen.
        share: how many of the digit's writers do it so, relative to the digit's other glyphs.
        jitter: how far a hand moves a point, as a standard deviation.

    """

    points: tuple[tuple[float, float], ...]
    strokes: tuple[Stroke, ...]
    share: float
    jitter: float = 0.03


def _line(count: int, first: int = 0) -> Stroke:
    return tuple(range(first, first + count))


_ZERO = (
    (0.36, 0.02), (0.14, 0.12), (0.0, 0.46), (0.08, 0.84), (0.30, 1.0),
    (0.52, 0.86), (0.62, 0.5), (0.54, 0.15), (0.30, 0.03),
)  # fmt: skip
_BOWL_OF_3 = ((0.42, 0.49), (0.58, 0.66), (0.5, 0.9), (0.25, 1.0), (0.0, 0.88))
_BOWL_OF_5 = ((0.3, 0.36), (0.54, 0.48), (0.58, 0.74), (0.42, 0.95), (0.2, 1.0), (0.0, 0.91))
_EIGHT = (
    (0.52, 0.12), (0.30, 0.0), (0.08, 0.12), (0.12, 0.33), (0.32, 0.49), (0.52, 0.69), (0.47, 0.92),
    (0.25, 1.0), (0.04, 0.9), (0.07, 0.69), (0.28, 0.49), (0.48, 0.29), (0.52, 0.1),
)  # fmt: skip
_HEAD_OF_9 = ((0.5, 0.13), (0.30, 0.0), (0.06, 0.1), (0.03, 0.32), (0.20, 0.46), (0.42, 0.37), (0.51, 0.14))

GLYPHS: tuple[tuple[Glyph, ...], ...] = (
    (  # 0: an oval; seldom slashed
        Glyph(_ZERO, (_line(9),), 0.93),
        Glyph((*_ZERO, (0.62, -0.02), (0.0, 1.02)), (_line(9), (9, 10)), 0.07),
    ),
    (  # 1: a line; with a serif; with serif and base
        Glyph(((0.0, 0.0), (0.0, 0.5), (0.0, 1.0)), ((0, 1, 2),), 0.8, 0.02),
        Glyph(((-0.2, 0.2), (0.0, 0.0), (0.0, 0.5), (0.0, 1.0)), ((0, 1), (1, 2, 3)), 0.12),
        Glyph(
            ((-0.2, 0.18), (0.0, 0.0), (0.0, 0.5), (0.0, 1.0), (-0.26, 1.0), (0.26, 1.0)),
            ((0, 1), (1, 2, 3), (4, 3, 5)),
            0.08,
        ),
    ),
    (  # 2: a corner at the foot; a loop there
        Glyph(
            ((0.03, 0.2), (0.14, 0.05), (0.33, 0.0), (0.53, 0.1), (0.54, 0.32), (0.38, 0.6), (0.18, 0.82),
             (0.0, 1.0), (0.3, 0.97), (0.64, 0.99)),
            (_line(8), (7, 8, 9)),
            0.5,
        ),
        Glyph(
            ((0.03, 0.17), (0.2, 0.0), (0.45, 0.04), (0.52, 0.25), (0.4, 0.6), (0.2, 0.94), (0.03, 0.98),
             (0.0, 0.84), (0.14, 0.8), (0.36, 0.94), (0.68, 0.95)),
            (_line(11),),
            0.5,
        ),
    ),
    (  # 3: two bowls; a small loop between them; a flat top
        Glyph(
            ((0.03, 0.12), (0.25, 0.0), (0.5, 0.08), (0.52, 0.28), (0.38, 0.43), (0.2, 0.47), *_BOWL_OF_3),
            (_line(6), _line(6, 5)),
            0.7,
        ),
        Glyph(
            ((0.03, 0.12), (0.25, 0.0), (0.5, 0.08), (0.5, 0.28), (0.3, 0.47), (0.18, 0.48), (0.2, 0.42), *_BOWL_OF_3),
            (_line(12),),
            0.22,
        ),
        Glyph(((0.03, 0.0), (0.52, 0.0), (0.22, 0.4), *_BOWL_OF_3), ((0, 1), (1, 2), _line(6, 2)), 0.08),
    ),
    (  # 4: open and angular; open and round; closed at the top
        Glyph(
            ((0.08, 0.0), (0.02, 0.3), (0.0, 0.52), (0.3, 0.5), (0.62, 0.47), (0.5, 0.02), (0.48, 0.5), (0.44, 1.0)),
            ((0, 1, 2), (2, 3, 4), (5, 6, 7)),
            0.4,
        ),
        Glyph(
            ((0.06, 0.02), (0.0, 0.3), (0.1, 0.48), (0.34, 0.46), (0.5, 0.36), (0.52, 0.0), (0.48, 0.5), (0.44, 1.0)),
            (_line(5), (5, 4, 6, 7)),
            0.4,
        ),
        Glyph(
            ((0.46, 0.0), (0.0, 0.58), (0.32, 0.58), (0.66, 0.57), (0.45, 0.5), (0.44, 1.0)),
            ((0, 1), (1, 2, 3), (0, 4, 5)),
            0.2,
        ),
    ),
    (  # 5: stem, bowl and a bar on top; one stroke like an S
        Glyph(
            ((0.16, 0.02), (0.08, 0.42), *_BOWL_OF_5, (0.4, 0.0), (0.62, 0.0)),
            ((0, 1), _line(7, 1), (0, 8, 9)),
            0.65,
        ),
        Glyph(
            ((0.66, 0.02), (0.4, 0.0), (0.2, 0.05), (0.12, 0.25), (0.2, 0.4), (0.4, 0.5), (0.52, 0.7),
             (0.42, 0.94), (0.2, 1.0), (0.0, 0.92)),
            (_line(10),),
            0.35,
        ),
    ),
    (  # 6: a bent stem; a straight one with a small loop
        Glyph(
            ((0.46, 0.0), (0.2, 0.2), (0.03, 0.52), (0.04, 0.84), (0.24, 1.0), (0.46, 0.9), (0.52, 0.72),
             (0.38, 0.58), (0.18, 0.65), (0.06, 0.82)),
            (_line(10),),
            0.6,
        ),
        Glyph(
            ((0.3, 0.0), (0.12, 0.3), (0.02, 0.66), (0.06, 0.92), (0.24, 1.0), (0.42, 0.9), (0.46, 0.74),
             (0.32, 0.64), (0.14, 0.72), (0.06, 0.88)),
            (_line(10),),
            0.4,
        ),
    ),
    (  # 7: a corner; a round corner; crossed; with a serif
        Glyph(((0.0, 0.05), (0.3, 0.03), (0.55, 0.0), (0.36, 0.45), (0.2, 1.0)), ((0, 1, 2), (2, 3, 4)), 0.5),
        Glyph(((0.0, 0.1), (0.2, 0.03), (0.45, 0.02), (0.5, 0.18), (0.38, 0.5), (0.26, 1.0)), (_line(6),), 0.22),
        Glyph(
            ((0.0, 0.04), (0.3, 0.03), (0.56, 0.0), (0.36, 0.45), (0.18, 1.0), (0.1, 0.5), (0.56, 0.48)),
            ((0, 1, 2), (2, 3, 4), (5, 6)),
            0.18,
        ),
        Glyph(
            ((0.0, 0.2), (0.02, 0.04), (0.3, 0.03), (0.55, 0.0), (0.36, 0.45), (0.22, 1.0)),
            ((0, 1), (1, 2, 3), (3, 4, 5)),
            0.1,
        ),
    ),
    (  # 8: one stroke, crossing itself
        Glyph(_EIGHT, (_line(13),), 1.0),
    ),
    (  # 9: a straight tail; a curved one; a loop that runs into the tail
        Glyph((*_HEAD_OF_9, (0.48, 0.55), (0.45, 1.0)), (_line(7), (6, 7, 8)), 0.6),
        Glyph((*_HEAD_OF_9, (0.53, 0.5), (0.44, 0.85), (0.22, 1.0), (0.04, 0.93)), (_line(7), _line(5, 6)), 0.2),
        Glyph((*_HEAD_OF_9, (0.4, 0.6), (0.26, 1.0)), (_line(7), (6, 7, 8)), 0.2),
    ),
)  # fmt: skip
"""For each digit the ways to write it."""
