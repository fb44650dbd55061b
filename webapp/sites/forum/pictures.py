"""The pictures of the boards, on plates like those of the goods: an oven, a jar, a ferry, a cookie, a basket."""

# The rim and the glaze of the plate, and what lies on it. Few and large pieces: a list shows them 40 pixels wide.
_PICTURES = {
    # An oven with two knobs, and a loaf behind the glass.
    "ovens": (
        "#a8502f",
        "#f6d9c4",
        '<path d="M33 90h10v8h-10zM77 90h10v8h-10z" fill="#2c3844"/>'
        '<path d="M32 24h56q6 0 6 6v56q0 6-6 6H32q-6 0-6-6V30q0-6 6-6z" fill="#51687c"/>'
        '<path d="M32 24h56q6 0 6 6v11H26V30q0-6 6-6z" fill="#7d97ab"/>'
        '<circle cx="38" cy="33" r="4.5" fill="#fff3df"/><circle cx="52" cy="33" r="4.5" fill="#fff3df"/>'
        '<path d="M68 30h18v6h-18z" fill="#2c3844"/>'
        '<path d="M36 46h48" stroke="#fff3df" stroke-width="4" stroke-linecap="round"/>'
        '<path d="M37 53h46q3 0 3 3v26q0 3-3 3H37q-3 0-3-3V56q0-3 3-3z" fill="#ffb33f"/>'
        '<path d="M34 72q26-22 52 0v10q0 3-3 3H37q-3 0-3-3z" fill="#ffd87a"/>'
        '<path d="M40 79q-1-17 20-17t20 17z" fill="#9a5a1f"/>'
        '<path d="M44 75q1-10 16-10t16 10q-16-6-32 0z" fill="#c9823a"/>'
        '<path d="M51 66l3 6M60 65v6M69 66l-3 6" stroke="#fbe3b8" stroke-width="2.5" stroke-linecap="round"/>'
        '<path d="M34 80h52" stroke="#2c3844" stroke-width="2.5"/>',
    ),
    # A jar whose starter has lifted its lid.
    "sourdough": (
        "#4f7d4a",
        "#d3e7c9",
        '<path d="M38 38h44v6q8 3 8 12v32q0 9-9 9H39q-9 0-9-9V56q0-9 8-12z" fill="#f4fbff" stroke="#5d8299" '
        'stroke-width="3" stroke-linejoin="round"/>'
        '<path d="M33 58q9-6 18-1t18-1 18 2v30q0 6-6 6H39q-6 0-6-6z" fill="#ecd09a"/>'
        '<path d="M33 58q9-6 18-1t18-1 18 2v7q-9-5-18 0t-18 0-18 1z" fill="#fbecc6"/>'
        '<g fill="#c79d55"><circle cx="44" cy="76" r="5"/><circle cx="73" cy="74" r="4"/>'
        '<circle cx="60" cy="84" r="6"/><circle cx="77" cy="87" r="3"/><circle cx="57" cy="70" r="2.5"/>'
        '<circle cx="42" cy="88" r="2.5"/></g>'
        '<path d="M41 39q4-9 19-10t19 10z" fill="#fbecc6"/>'
        '<path d="M35 29l48-11 2 9-48 11z" fill="#d0503f" stroke="#d0503f" stroke-width="4" stroke-linejoin="round"/>'
        '<path d="M37 31l46-10" stroke="#f0907f" stroke-width="3" stroke-linecap="round"/>'
        '<path d="M30 50h60" stroke="#3b6ea5" stroke-width="4"/>'
        '<path d="M37 62v24" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity=".8"/>',
    ),
    # The ferry, with a flag that says it runs.
    "market": (
        "#2f6ea3",
        "#c7e2f4",
        '<circle cx="88" cy="36" r="9" fill="#ffd25e"/>'
        '<path d="M40 46V18" stroke="#5a3a22" stroke-width="3" stroke-linecap="round"/>'
        '<path d="M41 19l17 5-17 6z" fill="#fff" stroke="#d0503f" stroke-width="2" stroke-linejoin="round"/>'
        '<path d="M62 30h13v18H62z" fill="#d0503f"/><path d="M62 30h13v6H62z" fill="#3a2620"/>'
        '<path d="M33 45h51l5 20H28z" fill="#fffaf0" stroke="#5a6b78" stroke-width="2" stroke-linejoin="round"/>'
        '<g fill="#3b6ea5"><circle cx="41" cy="56" r="4.5"/><circle cx="54" cy="56" r="4.5"/>'
        '<circle cx="67" cy="56" r="4.5"/><circle cx="79" cy="56" r="4.5"/></g>'
        '<path d="M14 64h92q-3 20-17 26H32Q18 84 14 64z" fill="#c4472f"/>'
        '<path d="M14 64h92l-1 6H15z" fill="#ffe9c7"/>'
        '<path d="M9 82q8-7 17 0t17 0 17 0 17 0 17 0 17 0A55.5 55.5 0 0 1 9 82z" fill="#3f8ec4"/>'
        '<path d="M28 95q6-5 12 0t12 0M66 97q6-5 12 0t12 0" fill="none" stroke="#d9effb" stroke-width="3" '
        'stroke-linecap="round"/>',
    ),
    # A cookie that somebody has read, and two crumbs.
    "cookies": (
        "#7560a6",
        "#dcd3f0",
        '<path d="M62 22A40 40 0 1 0 99 66Q91 70 86 62 76 64 75 53 64 51 68 40 58 34 62 22z" fill="#a05f1e"/>'
        '<path d="M60 22A37 37 0 1 0 97 63Q90 66 86 59 76 61 75 50 64 48 68 37 58 31 60 22z" fill="#e0a052"/>'
        '<path d="M33 42q8-11 20-13" fill="none" stroke="#f7d195" stroke-width="4" stroke-linecap="round"/>'
        '<g fill="#4a2717"><circle cx="50" cy="43" r="6"/><circle cx="35" cy="58" r="5.5"/>'
        '<circle cx="57" cy="63" r="6.5"/><circle cx="41" cy="77" r="6"/><circle cx="63" cy="84" r="5.5"/>'
        '<circle cx="79" cy="74" r="6"/></g>'
        '<g fill="#8a5a3c"><circle cx="48" cy="41" r="2"/><circle cx="55" cy="61" r="2"/>'
        '<circle cx="39" cy="75" r="2"/><circle cx="77" cy="72" r="2"/></g>'
        '<path d="M80 30l8-3 4 7-7 5zM93 46l6-1 2 6-6 2z" fill="#e0a052" stroke="#a05f1e" stroke-width="2" '
        'stroke-linejoin="round"/>',
    ),
    # A basket with a loaf and an apple, that anybody may take.
    "swap": (
        "#b07a1c",
        "#f8e6b8",
        '<path d="M30 60Q32 20 60 20t30 40" fill="none" stroke="#7a4a1e" stroke-width="6"/>'
        '<path d="M34 62L50 34q4-7 11-3t7 11L60 64z" fill="#c9823a"/>'
        '<path d="M46 48l9 5M51 39l9 5" stroke="#fbe3b8" stroke-width="3.5" stroke-linecap="round"/>'
        '<circle cx="75" cy="54" r="13" fill="#cf4436"/><circle cx="71" cy="49" r="3.5" fill="#f08a7a"/>'
        '<path d="M75 42q0-5 3-8" fill="none" stroke="#5a3a22" stroke-width="3" stroke-linecap="round"/>'
        '<path d="M77 38q7-6 12-1-6 5-12 1z" fill="#4d8c3f"/>'
        '<path d="M25 64h70l-9 30q-1 4-5 4H39q-4 0-5-4z" fill="#b8752c"/>'
        '<path d="M31 75h58M34 86h52" stroke="#7a4a1e" stroke-width="3.5"/>'
        '<path d="M45 66l3 31M60 66v31M75 66l-3 31" stroke="#e3ab62" stroke-width="5"/>'
        '<path d="M24 63h72" stroke="#7a4a1e" stroke-width="8" stroke-linecap="round"/>'
        '<path d="M26 62h68" stroke="#d99a4e" stroke-width="3" stroke-linecap="round" stroke-dasharray="7 6"/>',
    ),
}


def draw(slug: str) -> str:
    """Return a board's picture as a whole SVG document of 120 by 120 units, under 2 KB, without text, styles or script.

    Raises `KeyError` for a slug that is no board's.
    """
    rim, glaze, pieces = _PICTURES[slug]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">'
        f'<circle cx="60" cy="60" r="57" fill="{glaze}" stroke="{rim}" stroke-width="4"/>{pieces}</svg>\n'
    )
