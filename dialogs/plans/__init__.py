"""Plans: the loaded ones, and dates that the standing body sets."""
