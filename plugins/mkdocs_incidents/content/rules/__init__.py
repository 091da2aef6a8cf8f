"""Decidable rules over the model: order, existence, uniqueness, what was announced and is missing."""
