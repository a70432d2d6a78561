"""What the HR office asks about many attempts at once: each question is a function of a connection and of `Wanted`.

All of them read `tallies`, and only of attempts that may leave (`question.counted`).
"""
