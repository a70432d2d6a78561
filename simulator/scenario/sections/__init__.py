"""What a scenario says for one channel alone: a module a channel, a key of the file each."""
