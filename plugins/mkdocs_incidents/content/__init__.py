"""Files → model: what authors write, read strictly, with every problem at its place."""
