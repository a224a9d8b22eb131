"""What an emoji or an emoticon adds to the mood of a text, in units of log odds."""

from app.sentiment.cues import sections

WEIGHTS: dict[str, float] = {
    sign: float(weight) for weight, lines in sections("emoji").items() for line in lines for sign in line.split()
}
