"""Looking for questions that break the reading of questions: guided by the branches they reach."""
