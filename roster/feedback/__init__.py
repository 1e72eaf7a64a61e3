"""Feedback: what is asked, of whom, and what they answer.

- `questionnaires`: questions in versions; a change makes a new one, answers keep theirs
- `inquiries`: one questionnaire sent to one audience, reminded of once, closed
- `answers`: what comes back, through a link or an account
- `ratings`: what is said of named people, where a facility has that, and what they say to it
"""
