"""Addresses of logging in and of one's own account."""

from django.urls import path

from regietafel.host.accounts.views.account import Account, EndOtherSessions
from regietafel.host.accounts.views.entry import Login, log_out
from regietafel.host.accounts.views.factor import Couple, RecoveryCodes, SecondFactor
from regietafel.host.accounts.views.password import AskLetter, ChangePassword, UseLink

urlpatterns = [
    path("inloggen", Login.as_view(), name="login"),
    path("inloggen/vergeten", AskLetter.as_view(), name="forgotten-password"),
    path("inloggen/wachtwoord/<str:code>/<str:token>", UseLink.as_view(), name="new-password"),
    path("uitloggen", log_out, name="logout"),
    path("tweede-factor", SecondFactor.as_view(), name="second-factor"),
    path("tweede-factor/koppelen", Couple.as_view(), name="second-factor-couple"),
    path("wachtwoord", ChangePassword.as_view(), name="password"),
    path("account", Account.as_view(), name="account"),
    path("account/herstelcodes", RecoveryCodes.as_view(), name="recovery-codes"),
    path("account/elders-uitloggen", EndOtherSessions.as_view(), name="end-other-sessions"),
]
