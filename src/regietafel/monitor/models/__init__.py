"""Tables of the monitor; no column can hold who wrote a message."""

from regietafel.monitor.models.accountability import DataRequest, PoliceHandover, RetentionProof
from regietafel.monitor.models.attention import Alarm, PublicActor, RecentFigures, SentimentCorrection, Story
from regietafel.monitor.models.labelling import (
    Labelling,
    LabelModel,
    LabelProposal,
    MainLabel,
    RandomSample,
    SubLabel,
)
from regietafel.monitor.models.messages import Ingest, Match, Message, MessageVersion, Source
from regietafel.monitor.models.monitors import Monitor, MonitorRequest, QueryVersion
from regietafel.monitor.models.pictures import MediaPicture, PictureMailing
from regietafel.monitor.models.places import PlaceProfile

__all__ = [
    "Alarm",
    "DataRequest",
    "Ingest",
    "LabelModel",
    "LabelProposal",
    "Labelling",
    "MainLabel",
    "Match",
    "MediaPicture",
    "Message",
    "MessageVersion",
    "Monitor",
    "MonitorRequest",
    "PictureMailing",
    "PlaceProfile",
    "PoliceHandover",
    "PublicActor",
    "QueryVersion",
    "RandomSample",
    "RecentFigures",
    "RetentionProof",
    "SentimentCorrection",
    "Source",
    "Story",
    "SubLabel",
]
