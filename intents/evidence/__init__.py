"""What speaks for an entry: shared pieces, a classifier, a strange word, a like meaning."""
