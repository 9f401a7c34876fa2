"""Files that name the pages of a site: one module for each format."""
