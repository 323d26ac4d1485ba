"""The Django project: settings, addresses, menu, login, Vandaag, command line; imports all, nothing imports it."""
