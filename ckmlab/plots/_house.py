"""What several pictures share: the colours of the concepts and letters that can be read on them."""

from matplotlib.colors import to_rgb

from ckmlab.views import COLOURS, INK

__all__ = ["CAUTION", "TYPE_COLOURS", "bare", "letters_on", "spread", "tint"]

#: About, for and from keep their colour through the whole course.
TYPE_COLOURS = {"about": COLOURS["blue"], "for": COLOURS["orange"], "from": COLOURS["green"]}
#: What breaks a rule, is lost or is hidden.
CAUTION = COLOURS["vermilion"]


def bare(ax):
    """Take the frame and ticks off axes whose marks are labelled directly."""
    ax.set_axis_off()
    return ax


def tint(colour, strength):
    """A colour mixed with white: ``strength`` 1 is the colour, 0 is white."""
    return tuple(1 - strength * (1 - part) for part in to_rgb(colour))


def spread(heights, least):
    """Heights moved apart, by as little as it takes, so that labels there do not overlap."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    apart = [heights[place] for place in order]
    # Each round pushes every pair that is too close apart by equal parts.
    for _ in range(50 * len(apart)):
        for low in range(len(apart) - 1):
            push = (least - (apart[low + 1] - apart[low])) / 2
            if push > 1e-9:
                apart[low] -= push
                apart[low + 1] += push
    return [apart[order.index(place)] for place in range(len(heights))]


def letters_on(colour):
    """White or ink, whichever can be read better on a colour (WCAG contrast)."""
    paper = _luminance(colour) + 0.05
    return "white" if 1.05 / paper > paper / (_luminance(INK) + 0.05) else INK


def _luminance(colour):
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
