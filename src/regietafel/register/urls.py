"""Addresses of the register: dossiers and administration."""

from django.urls import URLPattern, path

from regietafel.register.views import administration, dossier_parts, dossiers, files, history
from regietafel.register.views.accounts.addresses import urlpatterns as account_urls

D = "dossiers/<int:dossier>"
dossier_urls: list[URLPattern] = [
    path("dossiers", dossiers.DossierList.as_view(), name="dossiers"),
    path("dossiers/nieuw", dossiers.NewDossier.as_view(), name="dossier-create"),
    path(D, dossiers.DossierOverview.as_view(), name="dossier"),
    path(f"{D}/wijzigen", dossiers.EditDossier.as_view(), name="dossier-edit"),
    path(f"{D}/delen", dossiers.ShareDossier.as_view(), name="dossier-share"),
    path(f"{D}/fase", dossiers.ChangePhase.as_view(), name="dossier-phase"),
    path(f"{D}/tijdlijn", dossiers.DossierTimeline.as_view(), name="dossier-timeline"),
    path(f"{D}/agenda.ics", dossiers.DossierCalendar.as_view(), name="dossier-calendar"),
    path(f"{D}/tijdlijn/notitie", dossier_parts.WriteNote.as_view(), name="journal-add"),
    path(f"{D}/logboek", history.DossierHistory.as_view(), name="dossier-history"),
    path(f"{D}/feiten/nieuw", dossier_parts.AddFact.as_view(), name="fact-add"),
    path(f"{D}/feiten/<int:part>/bijwerken", dossier_parts.ReplaceFact.as_view(), name="fact-replace"),
    path(f"{D}/feiten/<int:part>/intrekken", dossier_parts.WithdrawFact.as_view(), name="fact-withdraw"),
    path(f"{D}/momenten/nieuw", dossier_parts.AddMoment.as_view(), name="moment-add"),
    path(f"{D}/momenten/<int:part>/wijzigen", dossier_parts.ChangeMoment.as_view(), name="moment-edit"),
    path(
        f"{D}/momenten/<int:part>/intrekken", dossier_parts.WithdrawMoment.as_view(), name="moment-withdraw"
    ),
    path(f"{D}/momenten/<int:part>/afronden", dossier_parts.FinishMoment.as_view(), name="moment-finish"),
    path(f"{D}/momenten/<int:part>/heropenen", dossier_parts.ReopenMoment.as_view(), name="moment-reopen"),
    path(f"{D}/deelnemers/nieuw", dossier_parts.AddMember.as_view(), name="member-add"),
    path(f"{D}/deelnemers/<int:part>/beeindigen", dossier_parts.EndMember.as_view(), name="member-end"),
    path(f"{D}/koppelingen/nieuw", dossier_parts.AddLink.as_view(), name="link-add"),
    path(f"{D}/koppelingen/<int:part>/verwijderen", dossier_parts.RemoveLink.as_view(), name="link-remove"),
    path(f"{D}/koppelingen/<int:part>/terugzetten", dossier_parts.RestoreLink.as_view(), name="link-restore"),
    path(f"{D}/bestanden", files.DossierFiles.as_view(), name="dossier-files"),
    path(f"{D}/bestanden/nieuw", files.AddFile.as_view(), name="attachment-add"),
    path(f"{D}/bestanden/<int:part>", files.DownloadFile.as_view(), name="attachment-download"),
    path(f"{D}/bestanden/<int:part>/beschrijven", files.DescribeFile.as_view(), name="attachment-edit"),
    path(f"{D}/bestanden/<int:part>/verwijderen", files.RemoveFile.as_view(), name="attachment-remove"),
    path(f"{D}/bestanden/<int:part>/terugzetten", files.RestoreFile.as_view(), name="attachment-restore"),
]

ORGANISATION = "beheer/organisaties/<int:organisation>"
administration_urls: list[URLPattern] = [
    path("beheer", administration.ManagePage.as_view(), name="manage"),
    path("beheer/logboek", administration.SystemHistory.as_view(), name="system-history"),
    path("beheer/organisaties", administration.OrganisationList.as_view(), name="organisations"),
    path("beheer/organisaties/nieuw", administration.NewOrganisation.as_view(), name="organisation-create"),
    path(ORGANISATION, administration.OrganisationPage.as_view(), name="organisation"),
    path(f"{ORGANISATION}/wijzigen", administration.EditOrganisation.as_view(), name="organisation-edit"),
    path(f"{ORGANISATION}/logboek", history.OrganisationHistory.as_view(), name="organisation-history"),
    path("beheer/gebieden", administration.AreaList.as_view(), name="areas"),
    path("beheer/gebieden/inlezen", administration.ImportAreas.as_view(), name="areas-import"),
    path("beheer/gebieden/<str:code>", administration.AreaPage.as_view(), name="area"),
]

urlpatterns = [*dossier_urls, *administration_urls, *account_urls]
