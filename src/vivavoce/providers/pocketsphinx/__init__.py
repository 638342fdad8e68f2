"""Speech to text without a download: pocketsphinx with the English model of its wheel, in worker processes."""
