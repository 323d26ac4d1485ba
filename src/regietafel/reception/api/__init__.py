"""Reception in the API: locations, places per day, the board of a region, groups by code, and booking."""
