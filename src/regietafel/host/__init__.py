"""The Django project: settings, addresses, menu, log-in, Vandaag and command line; nothing imports it."""
