"""How the data and weights that ship were made. Imports the package, never the reverse."""
