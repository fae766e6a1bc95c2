"""The reports to ANEEL and the copy of a whole contract: read as of a day, written as page, PDF, CSV or ZIP."""
