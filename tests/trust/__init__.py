"""The page of figures about what is promised, made of runs that anybody can repeat."""
