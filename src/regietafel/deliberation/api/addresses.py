"""Addresses of deliberation in the API."""

from django.urls import path

from regietafel.deliberation.api import resources

urlpatterns = [
    path("/overlegorganen", resources.Bodies.as_view(), name="api-bodies"),
    path("/overlegorganen/<int:body>", resources.OneBody.as_view(), name="api-body"),
    path("/vergaderingen", resources.Meetings.as_view(), name="api-meetings"),
    path("/vergaderingen/<int:meeting>", resources.OneMeeting.as_view(), name="api-meeting"),
    path("/agendapunten", resources.AgendaItems.as_view(), name="api-agenda-items"),
    path("/agendapunten/<int:item>", resources.OneAgendaItem.as_view(), name="api-agenda-item"),
    path("/besluiten", resources.Entries.as_view(), name="api-entries"),
    path("/besluiten/<int:entry>", resources.OneEntry.as_view(), name="api-entry"),
    path("/besluiten/<int:entry>/terugmelding", resources.EntryReport.as_view(), name="api-entry-report"),
    path("/uitvragen", resources.Inquiries.as_view(), name="api-inquiries"),
    path("/uitvragen/<int:inquiry>", resources.OneInquiry.as_view(), name="api-inquiry"),
]
