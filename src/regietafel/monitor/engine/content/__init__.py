"""What messages say: key terms, questions, wording, places, reach, platforms, themes and public actors."""
