"""Pure rules of documents: numbers, words, masks."""
