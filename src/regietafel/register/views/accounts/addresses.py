"""Addresses of the pages about people and keys."""

from django.urls import path

from regietafel.register.views.accounts import changes, people, tokens

urlpatterns = [
    path("beheer/mensen", people.PeopleList.as_view(), name="people"),
    path("beheer/mensen/uitnodigen", people.InvitePerson.as_view(), name="person-invite"),
    path("beheer/mensen/<int:person>", people.PersonDetail.as_view(), name="person"),
    path("beheer/mensen/<int:person>/logboek", people.PersonHistory.as_view(), name="person-history"),
    path("beheer/mensen/<int:person>/rol", changes.GiveRole.as_view(), name="role-give"),
    path("beheer/mensen/<int:person>/link", changes.NewLink.as_view(), name="person-link"),
    path("beheer/mensen/<int:person>/tweede-stap", changes.ClearFactor.as_view(), name="person-factor"),
    path("beheer/mensen/<int:person>/sluiten", changes.CloseAccount.as_view(), name="person-close"),
    path("beheer/mensen/<int:person>/openen", changes.OpenAccount.as_view(), name="person-open"),
    path("beheer/rollen/<int:membership>/beeindigen", changes.EndRole.as_view(), name="role-end"),
    path("beheer/api-sleutels", tokens.TokenList.as_view(), name="tokens"),
    path("beheer/api-sleutels/nieuw", tokens.MakeToken.as_view(), name="token-make"),
    path("beheer/api-sleutels/<int:api_token>/intrekken", tokens.RevokeToken.as_view(), name="token-revoke"),
]
