"""Tables of the monitor; no column can hold who wrote a message."""

from regietafel.monitor.models.messages import Ingest, Match, Message, MessageVersion, Source
from regietafel.monitor.models.monitors import Monitor, MonitorRequest, QueryVersion
from regietafel.monitor.models.pictures import MediaPicture
from regietafel.monitor.models.places import PlaceProfile

__all__ = [
    "Ingest",
    "Match",
    "MediaPicture",
    "Message",
    "MessageVersion",
    "Monitor",
    "MonitorRequest",
    "PlaceProfile",
    "QueryVersion",
    "Source",
]
