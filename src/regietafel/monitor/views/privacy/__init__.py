"""The privacy pages: processing, looks, erasing, requests of data subjects and handovers to the police."""
