"""Why a day cannot be staffed: the smallest reason there is."""
