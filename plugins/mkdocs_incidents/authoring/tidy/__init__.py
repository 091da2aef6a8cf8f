"""Proposes what brings the body of an incident file into the grammar that a build reads."""
