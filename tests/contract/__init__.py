"""What every port promises, checked on all that implements it."""
