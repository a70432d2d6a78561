"""What trainers do with attempts that were handed over: the queue, one attempt, the calibration."""
