"""What each page of contracts shows: read, put into words, and in the order in which people ask."""
