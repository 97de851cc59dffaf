"""Who works where and when, planned on a grid."""
