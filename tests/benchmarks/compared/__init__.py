"""Parts of `matching.py`: the matcher beside others, under noise and at every size."""
