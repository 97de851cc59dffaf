"""What circulars may say, what beats what, and when an office may open again."""
