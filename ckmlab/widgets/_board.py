"""Sliders above a picture that follows them: what all boards share."""

from functools import partial

import ipywidgets

__all__ = ["Board", "number_slider", "share_slider", "whole_slider"]

STYLE = {"description_width": "15em"}
LAYOUT = {"width": "100%", "max_width": "46em"}


class Board(ipywidgets.VBox):
    """Controls that set a state's attributes, and the state's picture below them.

    Parameters
    ----------
    state : object
        Has one attribute per control and a method ``picture()``; works without any display.
    controls : dict of str to ipywidgets.Widget
        Attribute → the control that sets it.

    Attributes
    ----------
    state : object
    controls : dict
    """

    def __init__(self, state, controls):
        self.state = state
        self.controls = controls
        self._picture = ipywidgets.HTML()
        for name, control in controls.items():
            control.observe(partial(self._moved, name), names="value")
        super().__init__([*controls.values(), self._picture])
        self._draw()

    def set(self, **values):
        """Move controls from code, as a hand would.

        Parameters
        ----------
        **values
            Control → value.

        Raises
        ------
        ValueError
            If there is no such control, or it does not go that far.
        """
        for name, value in values.items():
            if name not in self.controls:
                raise ValueError(f"no control {name!r}; there are {[*self.controls]}")
            control = self.controls[name]
            control.value = value
            if control.value != value:
                raise ValueError(f"{name} cannot be {value!r}; it goes to {control.value!r}")

    def picture(self):
        """The picture as it stands, for print, screen readers and verification.

        Returns
        -------
        Picture
        """
        return self.state.picture()

    def _moved(self, name, change):
        setattr(self.state, name, change["new"])
        self._draw()

    def _draw(self):
        self._picture.value = self.picture().to_html(live=True)

    def __repr__(self):
        values = ", ".join(f"{name}={control.value!r}" for name, control in self.controls.items())
        fig = self.picture()
        return (
            f"{type(self).__name__}: {values}\n{fig.title}\n"
            "Run this cell in JupyterLab to move the sliders, or use .set(...) and .picture()."
        )


def share_slider(description, value, *, low=0.0, high=1.0, step=0.01):
    """A slider for a share, read in per cent.

    Parameters
    ----------
    description : str
        What is moved.
    value, low, high, step : float
        Where it stands, its ends and its step.

    Returns
    -------
    ipywidgets.FloatSlider
    """
    return ipywidgets.FloatSlider(
        value=value, min=low, max=high, step=step, description=description,
        readout_format=".0%", style=STYLE, layout=LAYOUT,
    )  # fmt: skip


def whole_slider(description, value, low, high, *, step=1):
    """A slider for a whole number.

    Parameters
    ----------
    description : str
        What is moved.
    value, low, high, step : int
        Where it stands, its ends and its step.

    Returns
    -------
    ipywidgets.IntSlider
    """
    return ipywidgets.IntSlider(
        value=value, min=low, max=high, step=step, description=description, style=STYLE,
        layout=LAYOUT,
    )  # fmt: skip


def number_slider(description, value, low, high, *, step=0.1):
    """A slider for any number.

    Parameters
    ----------
    description : str
        What is moved.
    value, low, high, step : float
        Where it stands, its ends and its step.

    Returns
    -------
    ipywidgets.FloatSlider
    """
    return ipywidgets.FloatSlider(
        value=value, min=low, max=high, step=step, description=description, style=STYLE,
        layout=LAYOUT,
    )  # fmt: skip
