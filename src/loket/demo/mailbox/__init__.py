"""Takes every message that the demo sends, and shows it as its reader would see it."""
