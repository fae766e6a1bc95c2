"""What differs from one market operator to another: data here, pages in templates/<profile>/ (docs/mercados.md)."""
