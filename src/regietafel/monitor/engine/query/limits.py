"""How large a question may be, so that reading and matching it stays cheap whatever is pasted."""

MAX_LENGTH = 20_000
MAX_TERMS = 1_000
MAX_FILLED_TERMS = 2_000
MAX_NESTING = 50
MAX_NEAR_DEPTH = 3
MAX_DISTANCE = 100
MAX_FORMS = 8
MAX_PHRASE_WORDS = 40
MAX_ERRORS = 10
MAX_HINTS = 25
USUAL_DISTANCE = 4
FEWEST_LETTERS = 2
