"""A link as a picture: a QR code as inline SVG without styles, in the ink of the page, for white ground."""

import segno
from markupsafe import Markup

_QUIET = 2  # modules of white inside the drawing; with the white of its frame more than the four that readers want


def qr_svg(link: str) -> Markup:
    """Return the code as SVG markup that fills its box; readable with 15 per cent of it hidden (level M)."""
    code = segno.make(link, error="m", micro=False)
    svg = code.svg_inline(border=_QUIET, omitsize=True, svgclass=None, lineclass=None, dark="#18201d")
    return Markup(svg)  # noqa: S704  # segno's own output: paths and numbers only
