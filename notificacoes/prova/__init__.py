"""The proof of the notices about a certificate, to be kept: as a table of text and as pages to print."""
