"""The door of the monitor: what other capabilities may use."""

from regietafel.monitor.models import MediaPicture, Message, Monitor, Source
from regietafel.monitor.selectors.material import sparklines_of
from regietafel.monitor.selectors.monitors import visible_monitors
from regietafel.monitor.selectors.news import monitors_expiring, new_pictures_since, sources_in_trouble
from regietafel.monitor.selectors.pictures import latest_of_dossier
from regietafel.monitor.selectors.requests import requests_waiting
from regietafel.monitor.services.ingest import offer_bytes, offer_file, take_in
from regietafel.monitor.services.monitors import create_monitor, start_monitor
from regietafel.monitor.services.pictures import edit_picture, make_picture, publish_picture
from regietafel.monitor.services.sources import create_source

__all__ = [
    "MediaPicture",
    "Message",
    "Monitor",
    "Source",
    "create_monitor",
    "create_source",
    "edit_picture",
    "latest_of_dossier",
    "make_picture",
    "monitors_expiring",
    "new_pictures_since",
    "offer_bytes",
    "offer_file",
    "publish_picture",
    "requests_waiting",
    "sources_in_trouble",
    "sparklines_of",
    "start_monitor",
    "take_in",
    "visible_monitors",
]
