"""What a scenario may say of one channel only: a module for each channel that has such a section."""
