"""What the user chose: captions, volume, speech rate, text size, theme."""
