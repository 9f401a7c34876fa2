"""Money asked for, proven, taken and given back."""
