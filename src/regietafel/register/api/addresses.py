"""Addresses of the register in the API."""

from django.urls import path

from regietafel.register.api import dossiers, reference

urlpatterns = [
    path("/organisaties", reference.Organisations.as_view(), name="api-organisations"),
    path("/organisaties/<int:organisation>", reference.OneOrganisation.as_view(), name="api-organisation"),
    path("/gebieden", reference.Areas.as_view(), name="api-areas"),
    path("/gebieden/<str:code>", reference.OneArea.as_view(), name="api-area"),
    path("/dossiers", dossiers.Dossiers.as_view(), name="api-dossiers"),
    path("/dossiers/<int:dossier>", dossiers.OneDossier.as_view(), name="api-dossier"),
    path("/dossiers/<int:dossier>/feiten", dossiers.Facts.as_view(), name="api-facts"),
    path("/dossiers/<int:dossier>/feiten/<int:fact>", dossiers.OneFact.as_view(), name="api-fact"),
    path(
        "/dossiers/<int:dossier>/feiten/<int:fact>/intrekking",
        dossiers.FactWithdrawal.as_view(),
        name="api-fact-withdrawal",
    ),
    path("/dossiers/<int:dossier>/momenten", dossiers.Moments.as_view(), name="api-moments"),
    path("/dossiers/<int:dossier>/momenten/<int:moment>", dossiers.OneMoment.as_view(), name="api-moment"),
]
