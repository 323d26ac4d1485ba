"""The figures of an omgevingsbeeld: counted, compared, and never about a handful of people."""

from regietafel.monitor.engine.picture.comparing import Change, compare
from regietafel.monitor.engine.picture.counting import Hit, Material, make_figures
from regietafel.monitor.engine.picture.figures import NOTE, PictureFigures
from regietafel.monitor.engine.picture.people import FEWEST_PEOPLE

__all__ = ["FEWEST_PEOPLE", "NOTE", "Change", "Hit", "Material", "PictureFigures", "compare", "make_figures"]
