"""Reception: which places exist, who claims them, and where people can go.

It will keep locations with their capacity over time, reservations that lapse, placements and prognoses apart,
count free places on any date, forecast the first day of shortage, share a task fairly over municipalities and
propose a placement with a reason for every line. Needs, ties and places decide; origin never does.
"""
