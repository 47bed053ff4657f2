"""What editors are shown: texts and buttons made from values, nothing looked up."""
