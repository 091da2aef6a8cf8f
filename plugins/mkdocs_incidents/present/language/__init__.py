"""Everything that depends on the language of the site: labels, formats of times and numbers, durations."""
