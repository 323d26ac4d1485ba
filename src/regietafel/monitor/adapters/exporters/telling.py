"""The figures of a picture in sentences: a first proposal for the kernbeeld, which a person rewrites."""

from regietafel.kernel.dutch import counted, number, period, share
from regietafel.monitor.engine.picture import PictureFigures


def proposal(figures: PictureFigures) -> str:
    """Propose three sentences: how much, about what, and what is unsure."""
    return "\n".join([attention(figures), _about(figures), _unsure(figures)])


def attention(figures: PictureFigures) -> str:
    """Say how much media attention there was, and whether that is usual."""
    messages = counted(figures.media_count, one="bericht", many="berichten")
    told = f"In de periode {period(figures.starts_on, figures.ends_on)} vonden wij {messages} in de media"
    if figures.share is not None:
        told += f", {share(figures.share.fraction, decimals=1)} van alles wat de bronnen brachten"
    if figures.trend.previous is not None:
        told += f"; in de periode daarvoor waren dat er {number(figures.trend.previous)}"
    return f"{told}."


def _about(figures: PictureFigures) -> str:
    shared = [story for story in figures.stories if len(story.outlets) > 1]
    if not shared:
        return "Geen verhaal werd door meer dan één medium gebracht."
    first = shared[0]
    brought = counted(len(first.outlets), one="medium", many="media")
    return f"Het meest gebracht werd “{first.title.rstrip('.')}” ({brought})."


def _unsure(figures: PictureFigures) -> str:
    silent = figures.silent_sources
    if silent:
        names = ", ".join(source.source for source in silent[:3])
        return f"Let op: {names} leverde niets, terwijl dat wel te verwachten was."
    return "Alle bronnen leverden zoals verwacht."
