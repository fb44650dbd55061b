"""Draws the people of the town as gingerbread: two dozen portraits, combined from dough, icing and what they wear."""

from collections.abc import Sequence
from typing import TypeVar

PORTRAITS = 24

T = TypeVar("T")

# The rim and the glaze of the plate.
_PLATES = (
    ("#2f8580", "#bfe2db"),
    ("#b23e3e", "#f6d0c9"),
    ("#4a7ba6", "#cadfee"),
    ("#a87a1c", "#f8e3a6"),
    ("#7560a6", "#dcd3f0"),
    ("#5d8c4a", "#d3e7c5"),
    ("#a9527d", "#f2d2e1"),
)

# Crust in the shade, crust, cheeks.
_DOUGHS = (
    ("#7d4014", "#bd6f2e", "#e2703f"),
    ("#55301a", "#94602f", "#cc6542"),
    ("#a05f1e", "#dd9a45", "#ee7f50"),
    ("#3d2011", "#774628", "#b8573b"),
    ("#692f10", "#a85a24", "#d9603c"),
)

# Icing, and its shade.
_ICINGS = (
    ("#fff8ea", "#e2cdae"),
    ("#f7a9c0", "#d97896"),
    ("#4a2717", "#2b150b"),
    ("#ffe08a", "#e0b23c"),
    ("#a9dcc0", "#6fb391"),
    ("#c4432f", "#92291b"),
)

# What they wear is of sugar: its colour, and the colour of its pattern.
_SUGARS = (
    ("#c8372d", "#fff3df"),
    ("#2f6ea3", "#ffe08a"),
    ("#3f8a5a", "#fff3df"),
    ("#f2b632", "#b23e3e"),
    ("#7d4f9e", "#ffd9e6"),
)

_EYES = (
    # Round, and looking at you.
    '<path d="M49.5 52h.1M70.5 52h.1" stroke="#24120a" stroke-width="8"/>'
    '<path d="M51 50.5h.1M72 50.5h.1" stroke="#fff" stroke-width="2.6"/>',
    # Shut, and pleased.
    '<path d="M45.5 53q4-6 8 0M66.5 53q4-6 8 0" fill="none" stroke="#24120a" stroke-width="3.6"/>',
    # Drops of icing with a currant on each.
    '<path d="M49.5 52h.1M70.5 52h.1" stroke="#fff8ea" stroke-width="11.5"/>'
    '<path d="M50.5 52.6h.1M69.5 52.6h.1" stroke="#24120a" stroke-width="6"/>',
    # One winks.
    '<path d="M49.5 52h.1" stroke="#24120a" stroke-width="8"/><path d="M51 50.5h.1" stroke="#fff" stroke-width="2.6"/>'
    '<path d="M66.5 53q4-6 8 0" fill="none" stroke="#24120a" stroke-width="3.6"/>',
)

_MOUTHS = (
    '<path d="M50 63q10 10 20 0" fill="none" stroke="#fff8ea" stroke-width="3.6"/>',
    '<path d="M50 62.5h20q-1 10-10 10t-10-10z" fill="#5a150f" stroke="#fff8ea" stroke-width="2.4"/>',
    '<path d="M53 65q8 6 14-2" fill="none" stroke="#fff8ea" stroke-width="3.6"/>',
)

# What falls behind the head, and what lies on it; {0} is the icing, {1} its shade.
_HAIR = (
    # Waves, piped from ear to ear.
    (
        "",
        '<path d="M34 46Q33 36 42 36 43 27 51 29 60 20 69 29 77 27 78 36 87 36 86 46" fill="none" stroke="{1}" '
        'stroke-width="12"/>'
        '<path d="M34 45Q33 35 42 35 43 26 51 28 60 19 69 28 77 26 78 35 87 35 86 45" fill="none" stroke="{0}" '
        'stroke-width="9.5"/>',
    ),
    # A bun on top.
    (
        '<circle cx="60" cy="18" r="10.5" fill="{1}"/><circle cx="60" cy="17" r="9.5" fill="{0}"/>',
        '<path d="M32.5 52Q30 23 60 22t27.5 30Q80 48 76 38q-16 4-32 0-4 10-11.5 14z" fill="{0}" stroke="{1}" '
        'stroke-width="1.5"/>',
    ),
    # Long, over the shoulders.
    (
        '<path d="M31 52Q29 21 60 21t29 31q0 18 6 30-18 6-35 6t-35-6q6-12 6-30z" fill="{1}"/>',
        '<path d="M32.5 52Q31 22 60 22t27.5 30q-4-16-20-22Q54 42 32.5 52z" fill="{0}"/>',
    ),
    # Curls, dot by dot.
    (
        "",
        '<path d="M33 49h.1M35 38h.1M41.5 29h.1M50.5 24h.1M60 22h.1M69.5 24h.1M78.5 29h.1M85 38h.1M87 49h.1" '
        'stroke="{1}" stroke-width="14"/>'
        '<path d="M33 48h.1M35 37h.1M41.5 28h.1M50.5 23h.1M60 21h.1M69.5 23h.1M78.5 28h.1M85 37h.1M87 48h.1" '
        'stroke="{0}" stroke-width="11.5"/>',
    ),
    # A whirl, as it came out of the bag.
    (
        "",
        '<path d="M46 30q14 6 28-1M51 22.5q9 4 18-1M58 15.5q3 1.5 4-2" fill="none" stroke="{1}" stroke-width="11"/>'
        '<path d="M46 29q14 6 28-1M51 21.5q9 4 18-1M58 14.5q3 1.5 4-2" fill="none" stroke="{0}" stroke-width="8.5"/>',
    ),
    # Two plaits.
    (
        '<path d="M31 58h.1M28 69h.1M26 80h.1M89 58h.1M92 69h.1M94 80h.1" stroke="{1}" stroke-width="13"/>'
        '<path d="M31 57h.1M28 68h.1M26 79h.1M89 57h.1M92 68h.1M94 79h.1" stroke="{0}" stroke-width="10.5"/>',
        '<path d="M32.5 50Q31 22 60 22t27.5 28Q70 46 60 30 50 46 32.5 50z" fill="{0}" stroke="{1}" '
        'stroke-width="1.5"/>',
    ),
    # A beard, and not much above.
    (
        "",
        '<path d="M33.5 54q3 2 5 7 6 0 11-3 6-2 10.5 1 4.5-3 10.5-1 5 3 11 3 2-5 5-7 3 28-26.5 29T33.5 54z" '
        'fill="{0}" stroke="{1}" stroke-width="1.5"/>'
        '<path d="M50 27q10 4 20 0" fill="none" stroke="{0}" stroke-width="7"/>',
    ),
)

# What they wear below the chin, in {0} with a pattern in {1}.
_CLOTHES = (
    # A scarf with one end hanging down.
    '<path d="M41 78q19 9 38 0l3 8q-22 11-44 0z" fill="{0}" stroke="{0}" stroke-width="5"/>'
    '<path d="M69 88l8-1 3 20-10 3z" fill="{0}" stroke="{0}" stroke-width="4"/>'
    '<path d="M47 80l-1 9M57 82v9M68 81l2 9M71 98l7-1M72 105l7-1" stroke="{1}" stroke-width="3"/>',
    # An apron.
    '<path d="M47 80l-3 14M73 80l3 14" stroke="{0}" stroke-width="4.5"/>'
    '<path d="M41 93h38v20.5a57 57 0 0 1-38 0z" fill="{0}"/><path d="M42 97h36" stroke="{1}" stroke-width="3"/>'
    '<path d="M52 104h16v5q0 4-8 4t-8-4z" fill="{1}"/>',
    # A bow tie and a button.
    '<path d="M60 87l-13-7v14zM60 87l13-7v14z" fill="{0}" stroke="{0}" stroke-width="4"/>'
    '<circle cx="60" cy="87" r="4.5" fill="{1}"/><circle cx="60" cy="104" r="4.5" fill="{1}"/>',
    # A striped jersey.
    '<path d="M26.5 105.5Q30 85 46 81q14 8 28 0 16 4 19.5 24.5A56.5 56.5 0 0 1 26.5 105.5z" fill="{0}"/>'
    '<path d="M33 91q27 10 54 0M28 102q32 10 64 0" fill="none" stroke="{1}" stroke-width="4.5"/>',
    # Three buttons.
    '<path d="M60 87h.1M60 98h.1M60 109h.1" stroke="{0}" stroke-width="9"/>'
    '<path d="M60 87h.1M60 98h.1M60 109h.1" stroke="{1}" stroke-width="3.5"/>',
)

# What they wear on the head, in the same colours.
_HATS = (
    "",
    # A baker's hat.
    '<path d="M42 30q-10-2-8-11 2-8 11-7 4-7 15-7t15 7q9-1 11 7 2 9-8 11z" fill="#fffdf6" stroke="#c9bda6" '
    'stroke-width="2"/>'
    '<path d="M41 29q19-6 38 0v7q-19-6-38 0z" fill="{0}" stroke="{0}" stroke-width="2"/>',
    "",
    # A woollen hat with a bobble.
    '<circle cx="60" cy="11.5" r="8" fill="{1}"/>'
    '<path d="M34 37Q36 13 60 13t26 24z" fill="{0}"/>'
    '<path d="M33 36q27-9 54 0" fill="none" stroke="{1}" stroke-width="8.5"/>',
    "",
    # The cap of a ferryman.
    '<path d="M33 27q1-12 27-12t27 12q-2 6-8 8H41q-6-2-8-8z" fill="{0}"/>'
    '<path d="M40 31q20-5 40 0l4 8q-24-9-48 0z" fill="#2b2230"/><circle cx="60" cy="23.5" r="4.5" fill="{1}"/>',
    "",
    # A headscarf with dots.
    '<path d="M32 47Q30 20 60 20t28 27Q78 33 60 33T32 47z" fill="{0}" stroke="{0}" stroke-width="4"/>'
    '<path d="M41 32h.1M51 26h.1M63 27h.1M74 28h.1M81 36h.1" stroke="{1}" stroke-width="5"/>',
)


def draw(number: int) -> str:
    """Return a portrait as a whole SVG document of 120 by 120 units, below 2 KB, without text, styles or script."""
    rim, glaze = _pick(_PLATES, number * 3)
    shade, crust, cheek = _pick(_DOUGHS, number * 2)
    behind, hair = (part.format(*_pick(_ICINGS, number + number // 7)) for part in _pick(_HAIR, number))
    sugar = _pick(_SUGARS, number + number // 5)
    clothes, hat = (_pick(parts, number).format(*sugar) for parts in (_CLOTHES, _HATS))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">'
        f'<circle cx="60" cy="60" r="58" fill="{glaze}"/><g stroke-linecap="round" stroke-linejoin="round">{behind}'
        f'<path d="M22 102Q24 83 46 79h28q22 4 24 23A56.5 56.5 0 0 1 22 102z" fill="{crust}" stroke="{shade}" '
        'stroke-width="2"/>'
        '<path d="M29 101q0-5 4-6t4-6 7-4M91 101q0-5-4-6t-4-6-7-4" fill="none" stroke="#fff8ea" stroke-width="2.6"/>'
        f'{clothes}<circle cx="60" cy="53" r="29" fill="{shade}"/><circle cx="60" cy="51" r="28.5" fill="{crust}"/>'
        f'<path d="M43 60h.1M77 60h.1" stroke="{cheek}" stroke-width="9" opacity=".8"/>'
        f"{hair}{_pick(_EYES, number)}{_pick(_MOUTHS, number)}{hat}</g>"
        f'<circle cx="60" cy="60" r="56.5" fill="none" stroke="{rim}" stroke-width="3"/></svg>\n'
    )


def portraits() -> dict[str, bytes]:
    """Return every portrait by its path below the static folder."""
    return {_path(number): draw(number).encode() for number in range(PORTRAITS)}


def portrait_of(user_id: int | None) -> str | None:
    """Return the portrait that an account has for good, as a path below the static folder; nobody has none."""
    return None if user_id is None else _path(user_id % PORTRAITS)


def _path(number: int) -> str:
    return f"img/people/{number:02}.svg"


def _pick(choices: Sequence[T], number: int) -> T:
    return choices[number % len(choices)]
