"""Groups and locations made by chance, and the rules of a spreadsheet beside the proposal."""
