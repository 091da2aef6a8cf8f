"""The latest update of a notice, ready to hand to each channel within its limits, with the link to its page."""
