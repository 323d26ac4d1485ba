"""Tables of dialogue: residents' meetings, questions and answers. None yet."""
