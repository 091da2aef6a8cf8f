"""HTML of Markdown, views and drawings, and the parts of a theme that its pages need; whatever builds the site."""
