"""Everything for the person who writes: advice, readers of free text, imports. It may guess; a build never does.

No other package than the command imports it.
"""
