"""Measuring the labels: what a share is worth, how fast a model learns, whether its probabilities hold."""
